"""
Write what the documentation takes from the code: pages of the reference, and marked parts of other pages.

``python docs/generate.py`` writes them; ``make regold`` does so too. tests/test_docs.py compares them with the code.
A marked part stands between ``<!-- generated: NAME -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import subprocess
import sys
import tomllib
from contextlib import chdir
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import click
from click import Choice
from click.testing import CliRunner

import aibom
from aibom import cli, enrichers, files, knowledge, rules
from aibom.detectors import builtin
from aibom.diagnostics import CODES
from aibom.protocols import SignatureDetector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from aibom.bill import Bill
    from aibom.knowledge import Signature
    from aibom.protocols import Detector, Rule

ROOT: Final = Path(__file__).parent.parent
EXAMPLE: Final = "examples/rag-service"
SHOWN: Final = "all-MiniLM-L6-v2"
"""The model whose component the README shows."""

NOTE: Final = "<!-- Written by docs/generate.py from the code; `make regold` writes it anew. -->"


@cache
def bill() -> Bill:
    """Return the bill of the example."""
    return aibom.scan(ROOT / EXAMPLE, plugins=False)


def shell(*arguments: str) -> str:
    """Return what ``aibom`` prints for *arguments* on a terminal of 120 columns, with the command before it."""
    with chdir(ROOT):
        result = CliRunner().invoke(cli.main, arguments, env={"COLUMNS": "120"}, catch_exceptions=False)
    return f"$ aibom {' '.join(arguments)}\n{result.output}".rstrip()


def fenced(language: str, text: str) -> str:
    """Return *text* as a block of code."""
    return f"```{language}\n{text}\n```"


def cell(text: str) -> str:
    """Return *text* for a cell of a table."""
    return text.replace("|", "\\|")


# -- pages of the reference ----------------------------------------------------------------------


def page(title: str, *blocks: str) -> str:
    """Return a page of *blocks* under *title*."""
    return "\n\n".join((f"# {title}", NOTE, *(b.strip("\n") for b in blocks))) + "\n"


def cli_page() -> str:
    """Return the reference of the command line."""
    every = list(commands_of(cli.main))
    commands = [f"`aibom {name}`\n: {first(command.help)}" for name, command in every]
    codes = (cli.main.epilog or "").replace("\b", "").replace("\n", " ").partition(":")[2].strip(" .")
    exits = [f"| `{code.split()[0]}` | {' '.join(code.split()[1:])} |" for code in codes.split("; ")]
    return page(
        "The command line",
        "The command line does what the [library](api.md) does, and nothing more.\n"
        "`python -m aibom` is the same as `aibom`.",
        "\n\n".join(commands),
        "`aibom --version` prints the version, `--help` after any command prints its options.",
        "## Exit codes",
        "| code | meaning |\n| --- | --- |\n" + "\n".join(exits),
        *(block for name, command in every for block in command_blocks(name, command)),
        "## Environment",
        "`HF_ENDPOINT`\n"
        ": The hub that is asked, instead of huggingface.co; a path may follow the host.\n"
        "  What another hub has carries its address in its package URL, as `repository_url`.",
        "`HF_HUB_OFFLINE`\n: With `1` no hub is asked, as with `--offline`.",
        "`HF_HUB_CACHE`, `HF_HOME`\n: Where the models lie that huggingface_hub has fetched; see `hf-cache` in the "
        "[enrichers](enrichers.md).",
        "`HF_TOKEN`, `HUGGING_FACE_HUB_TOKEN`\n"
        ": The token that `--token-from-env` sends; without that option none is read.",
        "`OLLAMA_MODELS`\n: Where Ollama keeps its models, instead of `~/.ollama/models`.",
        "`SOURCE_DATE_EPOCH`\n"
        ": The time that documents carry, in seconds since 1970; the present time when it is not set.\n"
        "  With it the same tree gives the same bytes.",
    )


def commands_of(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield each command of *group* that does something by itself, with its name in full."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def first(text: str | None) -> str:
    """Return the first sentence of *text*."""
    return re.split(r"(?<=\.)\s", (text or "").strip())[0]


def command_blocks(name: str, command: click.Command) -> Iterator[str]:
    """Yield what the reference says of one command."""
    arguments = [
        p.make_metavar(click.Context(command)) if p.required else f"[{p.name}]".upper()
        for p in command.params
        if p.param_type_name == "argument"
    ]
    options = [p for p in command.params if p.param_type_name == "option"]
    yield f"## aibom {name}"
    yield fenced("text", " ".join(["aibom", name, *(["[OPTIONS]"] if options else []), *arguments]))
    yield "\n".join(re.split(r"(?<=\.)\s+", " ".join((command.help or "").split())))
    rows = [f"| {named(o)} | {cell(getattr(o, 'help', None) or '')} |" for o in options]
    if rows:
        yield "| option | meaning |\n| --- | --- |\n" + "\n".join(rows)


def named(option: click.Parameter) -> str:
    """Return the names of *option*, with what they take."""
    flag = getattr(option, "is_flag", False)
    metavar = option.metavar or (
        "|".join(option.type.choices) if isinstance(option.type, Choice) else option.type.name.upper()
    )
    return ", ".join(f"`{cell(o if flag else f'{o} {metavar}')}`" for o in sorted(option.opts, key=len))


def enrichers_page() -> str:
    """Return the reference of the enrichers."""
    found = enrichers.builtin(offline=True, cache=":memory:", notices=True)
    return page(
        "Enrichers",
        "Each enricher knows more about components than the code says.\n"
        "`aibom.enrich()` asks them in this order; `aibom enrichers` lists those that are installed, "
        "with those of [plugins](../how-to/write-an-enricher.md).",
        "| enricher | what it knows |\n| --- | --- |\n"
        + "\n".join(f"| [`{e.name}`](#{e.name}) | {cell(e.summary)} |" for e in found),
        "Where two of them say different things of what has one value, the one that is nearer to the code counts, "
        "and a diagnostic says so ([`contradiction`](diagnostics.md#contradiction)).",
        *(f"## {e.name}\n\n{docstring(type(e))}" for e in found),
    )


def docstring(kind: type) -> str:
    """Return the docstring of *kind*, in the words of Markdown and without its examples."""
    text = (inspect.getdoc(kind) or "").split("\n\n>>>")[0]
    return re.sub(r"``([^`]+)``", r"`\1`", text)


def diagnostics_page() -> str:
    """Return the reference of the diagnostics."""
    rows = [f"| [`{code}`](#{code}) | {m.level} | {cell(m.says)} |" for code, m in CODES.items()]
    return page(
        "Diagnostics",
        "A diagnostic says what could not be read or decided, and where.\n"
        "It is a value in `Bill.diagnostics`, never an exception.\n"
        "A code that was released stays, and keeps its meaning.",
        "| code | level | what holds |\n| --- | --- | --- |\n" + "\n".join(rows),
        "*info* is good to know, and the bill is complete all the same.\n"
        "With *warning* and *error* the bill may miss something: `Bill.complete` is false, "
        "`Bill.raise_for_errors()` raises, `aibom scan --fail-on-incomplete` exits with 3, "
        "and the document's composition says `incomplete`.\n"
        "An *error* about a detector or a plugin means that it failed: please tell its author.",
        "What `aibom.validate()` finds wrong with a document is a diagnostic too; "
        "its place is a JSON pointer into the document.",
        *(f"## {code}\n\n{m.says}\n\n*{m.level}.*\n{m.remedy}" for code, m in CODES.items()),
    )


FLAGS: Final = {
    "hosted": "the model runs behind an API",
    "produced": "the code publishes the name and does not load it, so it counts as a mention",
    "formats": "names of file formats, such as `csv`, are no names of datasets",
    "hub-file": "the argument is a path on the Hub, with or without `hf://`, such as `datasets/owner/name/data.csv`",
    "hub-path": "only what leads to the Hub by itself counts, such as `hf://…`; the argument may be a dict of such",
    "repo-type": "the argument `repo_type` says whether it is a model or a dataset",
    "prefix": "the name may begin with its provider, as in `openai:gpt-4o`",
    "id-shape": "the file does not tell what the call is made on, so only names of the form `owner/name` count",
    "family": "the same, and only names that look like the provider's own count",
    "strings-only": "the argument often takes an object; only strings count",
    "object": "the argument may also take an object made elsewhere, so what cannot be followed is no gap",
    "list": "the argument may be a list of names",
    "hub-ids": "a name with an owner is an id of the Hub; without one it is the library's own",
    "weights-file": "only a file of weights counts whose name says of what",
    "weights-url": "only links to files of weights, or to the Hub, count",
}


def detectors_page() -> str:
    """Return the reference of the detectors."""
    found = builtin()
    services = [
        f"| `{s.provider}` | {cell(s.title)} | {', '.join(f'`{p}`' for p in s.prefixes)} |"
        for s in knowledge.services().values()
    ]
    return page(
        "Detectors",
        "Each detector knows how to find one thing.\n"
        "`aibom detectors` lists those that are installed; "
        "those of [plugins](../how-to/use-a-plugin.md) are not on this page.",
        "| detector | what it finds |\n| --- | --- |\n"
        + "\n".join(f"| [`{d.name}`](#{d.name}) | {cell(d.summary)} |" for d in found),
        "## How to read the tables",
        "Most detectors are a table of calls.\n"
        "In a call `*` stands for one part of a dotted name or a piece of it, and `**` for any number of parts.\n"
        "A part that was itself called ends with `()`; a leading `?` is a value that the file does not tell.\n"
        "Import aliases and instances are resolved before: `client.responses.create(…)` "
        "is `openai.OpenAI().responses.create` when `client` was made by `OpenAI()`.",
        "*Argument* is where the name of the model or dataset stands: its position, from 1, and its keywords.\n"
        "*Notes* say how the name is read:",
        "\n".join(f"- `{flag}`: {text}" for flag, text in FLAGS.items())
        + "\n- `bare=OWNER`: a name without an owner belongs to this one\n"
        "- `task=…`: the argument that says what the model does\n"
        "- `provider=…`: the argument that says who serves the model\n"
        "- `callee=1`: the call itself is the name: its last part, or the part so far from the end\n"
        "- `needs=…`: the argument without which, or with `None` or `False`, nothing is loaded\n"
        "- `unless=ARGUMENT=VALUE`: not when this argument is this\n"
        "- `within=…`: the keys that lead to the name in the argument; `*` is each element of a list",
        *(detector_block(d) for d in found),
        "## Providers of hosted models",
        "A name in front of a model (`groq/…`, `groq:…`) is read as its provider where a call takes such names.",
        "| provider | what it is | names in front of a model |\n| --- | --- | --- |\n" + "\n".join(services),
        "## Packages that count as AI",
        "A package counts when it stands in aibom's own table, with one of these categories:\n"
        + ", ".join(f"`{c}`" for c in sorted(knowledge.CATEGORIES))
        + ".\nThe table covers PyPI and npm; packages for general purposes, such as numpy, are not in it.",
    )


def detector_block(detector: Detector) -> str:
    """Return what the reference says of one detector."""
    block = (
        f"## {detector.name}\n\n{detector.summary}\n\nFiles: {', '.join(f'`{pattern}`' for pattern in detector.files)}."
    )
    if not isinstance(detector, SignatureDetector):
        return block
    rows = "\n".join(signature_row(s) for s in detector.table)
    return f"{block}\n\n| call | kind | provider | argument | notes |\n| --- | --- | --- | --- | --- |\n{rows}"


def signature_row(signature: Signature) -> str:
    """Return one row of a detector's table."""
    position, keywords = signature.id
    argument = ", ".join([*([] if position is None else [str(position + 1)]), *(f"`{k}`" for k in keywords)])
    unknown = signature.flags - FLAGS.keys()
    if unknown:
        raise KeyError(f"docs/generate.py does not say what these flags mean: {', '.join(sorted(unknown))}")
    notes = [*sorted(signature.flags), *(f"{k}={v}" for k, v in signature.options)]
    cells = (f"`{signature.callee}`", signature.kind, f"`{signature.provider}`", argument, ", ".join(notes))
    return f"| {' | '.join(map(cell, cells))} |"


# -- parts of other pages ------------------------------------------------------------------------


def scan_in_short() -> str:
    """Return the table of the models, and the last lines, of a scan of the example."""
    paragraphs = shell("scan", EXAMPLE).split("\n\n")
    return fenced("console", "\n\n".join([paragraphs[0], "…", paragraphs[-1]]))


def scan_in_full() -> str:
    """Return all that a scan of the example prints."""
    return fenced("console", shell("scan", EXAMPLE))


def validation() -> str:
    """Return what ``aibom validate`` prints about the example's document, in a folder of its own."""
    with TemporaryDirectory() as folder, chdir(folder):
        aibom.write(bill(), "ml-bom.cdx.json")
        result = CliRunner().invoke(cli.main, ["validate", "ml-bom.cdx.json"], catch_exceptions=False)
    return fenced("console", f"$ aibom validate ml-bom.cdx.json\n{result.output}".rstrip())


def explanation() -> str:
    """Return why one model of the example is in its bill."""
    return fenced("console", shell("explain", "gpt-4o-mini", EXAMPLE))


def explanation_of_a_document() -> str:
    """Return the same from the example's document, in a folder of its own."""
    with TemporaryDirectory() as folder, chdir(folder):
        aibom.write(bill(), "ml-bom.cdx.json")
        arguments = ["explain", "gpt-4o-mini", "ml-bom.cdx.json"]
        result = CliRunner().invoke(cli.main, arguments, catch_exceptions=False)
    return fenced("console", f"$ aibom {' '.join(arguments)}\n{result.output}".rstrip())


def component() -> str:
    """Return the component of one model of the example, in CycloneDX, without what repeats its name."""
    components = aibom.to_document(bill())["components"]
    assert isinstance(components, list)  # noqa: S101 - for mypy
    whole = next(c for c in components if c["name"] == SHOWN)
    kept = {key: whole[key] for key in ("type", "group", "name", "scope", "purl")}
    short = {**kept, "evidence": {"occurrences": whole["evidence"]["occurrences"]}, "properties": whole["properties"]}
    text = json.dumps(short, indent=2)
    text = re.sub(r"\{\n\s+(\"name\": [^\n]+)\n\s+(\"value\": [^\n]+)\n\s+\}", r"{ \1 \2 }", text)
    return fenced("json", text)


def enriched() -> str:
    """Return what the example's cache knows of one model, as ``make bom`` shows it."""
    with TemporaryDirectory() as folder:
        cache, empty = Path(folder, "hub.sqlite"), Path(folder, "none")
        subprocess.run([sys.executable, ROOT / "examples/hub/make_cache.py", cache], check=True)  # noqa: S603 - ours
        arguments = ["explain", SHOWN, EXAMPLE, "--enrich", "--offline", "--cache"]
        nothing = {"HF_HUB_CACHE": str(empty), "OLLAMA_MODELS": str(empty), "HF_ENDPOINT": None}
        with chdir(ROOT):
            result = CliRunner().invoke(cli.main, [*arguments, str(cache)], env=nothing)
    shown = " ".join([*arguments, "build/example-hub.sqlite"])
    return fenced("console", f"$ aibom {shown}\n{result.output}".rstrip())


def findings() -> str:
    """Return the first findings of the example, and the line that counts those below warnings."""
    lines = next(p for p in shell("scan", EXAMPLE, "--assess").split("\n\n") if p.startswith("Findings")).splitlines()
    return fenced("console", "\n".join([f"$ aibom scan {EXAMPLE} --assess", "…", *lines[:3], "…", *lines[-2:]]))


def exclusions() -> str:
    """Return the folders that are not entered."""
    return ", ".join(f"`{pattern}`" for pattern in files.DEFAULT_EXCLUDES) + "."


def limits() -> str:
    """Return the limits of link, and of reading."""
    rows = (
        ("size of a file that is read whole (`--max-file-size`)", f"{files.LIMIT // 1024 // 1024} MiB", "`too-large`"),
        ("steps from a call to a value", constant("DEEPEST"), "`limit-reached`"),
        ("expressions that are looked at for one name", constant("BUDGET"), "`limit-reached`"),
        ("values that one expression may have", constant("WIDEST"), "`limit-reached`"),
        ("names that one f-string or concatenation may give", constant("COMBINATIONS"), "`limit-reached`"),
        ("rounds of looking for callers of callers", constant("ROUNDS"), "`limit-reached`"),
        (
            "files that are parsed in one round because they may hold a caller",
            constant("MOST_CALLER_FILES"),
            "`limit-reached`",
        ),
        (
            "expressions that are looked at to tell what a call calls, or whether a branch runs",
            constant("CALLEE_BUDGET"),
            "",
        ),
        ("other names under which one function is looked for", constant("MOST_NAMES"), ""),
        (
            "modules that a file imports in which the options of its command line are looked for",
            constant("MOST_IMPORTS"),
            "",
        ),
        ("characters of a string that a method of strings is worked out for", constant("LONGEST"), ""),
        ("ways from one written name to calls that are kept as evidence", constant("MOST_WAYS"), ""),
        ("branches around a line of which it is asked whether they run, the innermost", constant("MOST_BRANCHES"), ""),
    )
    return "| what | limit | diagnostic |\n| --- | --- | --- |\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows)


def constant(name: str) -> str:
    """Return the number that *name* has in `aibom.link`, in whichever of its modules it stands."""
    for path in sorted((ROOT / "src" / "aibom" / "link").glob("*.py")):
        found = re.search(rf"^{name}: Final = ([\d_]+)$", path.read_text("utf-8"), re.MULTILINE)
        if found is not None:
            return f"{int(found[1]):,}"
    raise KeyError(f"aibom.link has no constant {name}")


def layers() -> str:
    """Return the layers of the package, from top to bottom, with the modules of each and what they say they are."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract = next(c for c in config["tool"]["importlinter"]["contracts"] if c["id"] == "layers")
    lines = []
    for number, layer in enumerate(contract["layers"], 1):
        there = [(name, path) for name in re.findall(r"\w+", layer) for path in [module(name)] if path]
        for name, path in there:
            lines.append(f"| {number} | `{name}` | {cell(says(path))} |")
            lines += [
                f"| | `{name}.{p.stem}` | {cell(says(p))} |"
                for p in sorted(path.parent.glob("*.py"))
                if path.stem == "__init__" and p != path and name != "detectors"
            ]
    return "| layer | module | what it is |\n| --- | --- | --- |\n" + "\n".join(lines)


def module(name: str) -> Path | None:
    """Return the file of the module *name* of aibom; None when there is none yet."""
    source = ROOT / "src" / "aibom"
    return next((p for p in (source / f"{name}.py", source / name / "__init__.py") if p.is_file()), None)


def says(path: Path) -> str:
    """Return the first sentence of the docstring of the module at *path*, which is not run."""
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split()) or "–"


# -- all together --------------------------------------------------------------------------------


THREATS: Final = """\
What a scan finds can expose to a threat; that is no vulnerability, and no finding says that it is.
Each row of `knowledge/threats.tsv` is a fact, the rule that finds it, and its ids in MITRE ATLAS (data 5.6.0, release
2026.04), OWASP's lists with their year, and CWE.
A finding carries the ids of what was seen as references, in SARIF as taxa; they never stand among `vulnerabilities`.
A document names the release (`aibom:atlas-release`, and an external reference of the type `threat-model`);
so does SARIF.
Mitigations are those that ATLAS itself maps to the techniques, and, apart from them, those that aibom advises.
That a model is biased or wrong is not of ATLAS: see NIST AI 600-1, and the considerations of the model card."""


def threats_page() -> str:
    """Return the reference of the threats that facts expose to."""
    names = knowledge.atlas()
    parts = [THREATS]
    for threat in knowledge.threats():
        found = f"Not found: {threat.open}."
        if threat.rules:
            found = f"Found by {', '.join(f'[`{rule}`](rules.md#{rule})' for rule in threat.rules)}."
        lines = [f"## {threat.fact}", f"*{threat.relation}.*\n{found}\n{threat.why.rstrip('.')}."]
        if threat.must_not_say:
            lines.append(f"It does not say {threat.must_not_say.rstrip('.')}.")
        if threat.ids:
            shown = (f"{i} {names[i]}" if i in names else i for i in threat.ids)
            lines.append("**Threats**: " + "; ".join(shown))
        for title, ids in (
            ("Mitigations that ATLAS maps", threat.mapped),
            ("Mitigations that aibom advises", threat.advice),
        ):
            if ids:
                lines.append(f"**{title}**: " + "; ".join(f"{i} {names.get(i, '')}".strip() for i in ids))
        parts += lines
    return page("Threats", *parts)


def rules_page() -> str:
    """Return the reference of the rules."""
    every = rules.builtin()
    rows = [f"| [`{r.id}`](#{r.id}) | {r.level} | {cell(r.summary)} |" for r in every]
    return page(
        "Rules",
        "`aibom.assess()` asks these rules what the facts of a bill mean; `aibom rules` lists them.\n"
        "A finding names its rule, its level, the reason, and the places and references that carry it.\n"
        "An id that was released stays, and keeps its meaning.",
        "| rule | level | what it sees |\n| --- | --- | --- |\n" + "\n".join(rows),
        *(rule_block(r) for r in every),
    )


def rule_block(rule: Rule) -> str:
    """Return what the reference says of one rule."""
    lines = [f"## {rule.id}", f"{rule.summary}\n\n*{rule.level}.*\n{rule.why}\n\n**What to do**: {rule.fix}"]
    threats = [f"`{t.fact}`: {', '.join(t.ids)}" for t in knowledge.threats() if rule.id in t.rules and t.ids]
    if threats:
        lines.append("**[Threats](threats.md)**, by the fact that was seen:\n" + "\n".join(f"- {t}" for t in threats))
    if rule.references:
        lines.append("**Read more**: " + ", ".join(f"<{r}>" if "://" in r else r for r in rule.references))
    return "\n\n".join(lines)


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "docs/reference/cli.md": cli_page,
    "docs/reference/detectors.md": detectors_page,
    "docs/reference/diagnostics.md": diagnostics_page,
    "docs/reference/enrichers.md": enrichers_page,
    "docs/reference/rules.md": rules_page,
    "docs/reference/threats.md": threats_page,
}
"""Whole pages."""

PARTS: Final[Mapping[str, Callable[[], str]]] = {
    "component": component,
    "enriched": enriched,
    "exclusions": exclusions,
    "explanation": explanation,
    "explanation-of-a-document": explanation_of_a_document,
    "findings": findings,
    "layers": layers,
    "limits": limits,
    "scan-in-full": scan_in_full,
    "scan-in-short": scan_in_short,
    "validation": validation,
}
"""Marked parts of pages, by name."""

MARKED: Final = (
    "README.md",
    "docs/explanation/architecture.md",
    "docs/explanation/what-we-do-not-see.md",
    "docs/how-to/explain-a-finding.md",
    "docs/tutorials/first-bill.md",
)
"""Pages with marked parts."""

PATHS: Final = (*PAGES, *MARKED)
_PART: Final = re.compile(r"(?P<begin><!-- generated: (?P<name>[a-z-]+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)


def wanted(path: str) -> str:
    """Return what the file at *path* should hold."""
    if path in PAGES:
        return PAGES[path]()
    text = (ROOT / path).read_text("utf-8")
    return _PART.sub(lambda m: f"{m['begin']}\n{PARTS[m['name']]()}\n\n{m['end']}", text)


def main() -> None:
    """Write every page."""
    for path in PATHS:
        (ROOT / path).write_text(wanted(path), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
