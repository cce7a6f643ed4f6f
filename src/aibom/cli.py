"""The command line: a thin client of the library."""

from __future__ import annotations

import os
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from aibom.bill import printable
from aibom.errors import AibomError, DocumentError, TargetError

if TYPE_CHECKING:
    from collections.abc import Callable

    from aibom.asking.cache import Cache
    from aibom.bill import Bill
    from aibom.policy import Exemption

__all__ = ["main"]

DONE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
INCOMPLETE: Final = 3

_FORMATS: Final = ("cyclonedx", "cyclonedx-xml", "markdown", "sarif", "spdx", "table")
"""The formats of `aibom.pipeline.FORMATS`, which is loaded when it is used."""
_EXIT_CODES: Final = """\b
Exit codes: 0 done; 1 a gate or a validation failed; 2 usage, or missing input;
3 incomplete, with --fail-on-incomplete."""


class _Command(click.Group):
    """Turns aibom's own errors into a message and an exit code."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except AibomError as error:
            click.echo(f"aibom: {type(error).__name__}: {printable(str(error))}", err=True)
            ctx.exit(USAGE)


@click.group(cls=_Command, epilog=_EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="aibom", prog_name="aibom", message="%(prog)s %(version)s")
def main() -> None:
    """Find the AI models, datasets and services that a code base uses, and write them down as a CycloneDX ML-BOM."""


def _asking(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of commands that ask enrichers."""
    for option in (
        click.option(
            "--osv-dump",
            type=click.Path(exists=True),
            help="Look for notices in this dump of osv.dev, a .zip or a folder; asks nobody for them.",
        ),
        click.option(
            "--notices",
            is_flag=True,
            help="Ask osv.dev for security notices about libraries: their names and versions are sent.",
        ),
        click.option(
            "--no-wait", is_flag=True, help="Do not wait for a quota of a hub; what it did not answer is reported."
        ),
        click.option(
            "--saved-token",
            is_flag=True,
            help="Send the token that was saved on logging in to the hub (`hf auth login`); else none is sent.",
        ),
        click.option(
            "--token-from-env",
            is_flag=True,
            help="Send the token in HF_TOKEN or HUGGING_FACE_HUB_TOKEN to the hub; else none is sent.",
        ),
        click.option(
            "--cache",
            type=click.Path(dir_okay=False),
            help="Keep answers in this file; else in the platform's folder for caches.",
        ),
        click.option("--offline", is_flag=True, help="Use no network: what the cache and the disk know is enough."),
    ):
        command = option(command)
    return command


_decisions = click.option(
    "--decisions",
    type=click.Path(dir_okay=False),
    help="What somebody has decided about notices and findings: a TOML file, aibom-decisions.toml.",
)


@main.command(epilog=_EXIT_CODES)
@click.argument("path", type=click.Path(), default=".")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="Write the bill to this file; - is standard output."
)
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    help="The format; else the file's name says it.",
)
@click.option(
    "--exclude", multiple=True, metavar="PATTERN", help="Leave out what matches, as in a .gitignore. May be repeated."
)
@click.option("--no-ignore", is_flag=True, help="Read also what .gitignore and .aibomignore leave out.")
@click.option("--no-libraries", is_flag=True, help="Leave AI libraries out of the bill.")
@click.option("--no-plugins", is_flag=True, help="Use aibom's own detectors alone.")
@click.option(
    "--assess", "assessed", is_flag=True, help="Say also what the facts mean: licences, pinning, lines of descent."
)
@_decisions
@click.option(
    "-s", "--statements", type=click.Path(dir_okay=False), help="Write also what only persons can say: aibom.toml."
)
@click.option("--mentions", is_flag=True, help="Write also what is only mentioned: in comments, prose and tests.")
@click.option(
    "--max-file-size", type=click.IntRange(min=1), default=None, metavar="BYTES", help="Do not read larger files whole."
)
@click.option("--no-hashes", is_flag=True, help="Do not read model files whole to take their SHA-256.")
@click.option(
    "--hash-limit", type=click.IntRange(min=0), default=None, metavar="BYTES", help="Take no SHA-256 of larger files."
)
@click.option("--fail-on-incomplete", is_flag=True, help="Exit with 3 when something could not be read or followed.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but the bill.")
@click.option(
    "--enrich", is_flag=True, help="Ask what is known of what was found; uses the network, unless with --offline."
)
@_asking
def scan(
    path: str,
    output: str | None,
    format_: str | None,
    exclude: tuple[str, ...],
    no_ignore: bool,
    no_libraries: bool,
    no_plugins: bool,
    mentions: bool,
    max_file_size: int | None,
    no_hashes: bool,
    hash_limit: int | None,
    fail_on_incomplete: bool,
    quiet: bool,
    enrich: bool,
    offline: bool,
    cache: str | None,
    token_from_env: bool,
    saved_token: bool,
    no_wait: bool,
    assessed: bool,
    decisions: str | None,
    statements: str | None,
    notices: bool,
    osv_dump: str | None,
) -> None:
    """Find the AI that the code below PATH, a folder or a file, uses. Reads the disk alone; runs nothing."""
    _check_asking(enrich, offline or cache or token_from_env or saved_token or no_wait or notices or osv_dump)
    if decisions is not None and not assessed:
        raise click.UsageError("--decisions is of use with --assess alone")
    from aibom import pipeline
    from aibom.files import LIMIT

    progress = None if quiet or not _on_terminal() else _progress()
    bill = pipeline.scan(
        path,
        plugins=not no_plugins,
        exclude=exclude,
        ignore=not no_ignore,
        libraries=not no_libraries,
        limit=max_file_size or LIMIT,
        progress=None if progress is None else lambda seen: progress(f"{seen} files"),
        hashes=not no_hashes if no_hashes or hash_limit is None else hash_limit,
        hash_progress=None
        if progress is None
        else lambda done, total: progress(f"{done / 1e6:,.0f} of {total / 1e6:,.0f} MB hashed"),
    )
    if progress is not None:
        progress("")
    if enrich:
        root = path if Path(path).is_dir() else str(Path(path).parent)
        bill = _enriched(
            bill,
            root=root,
            offline=offline,
            cache=cache,
            token_from_env=token_from_env,
            saved_token=saved_token,
            no_wait=no_wait,
            notices=osv_dump or notices,
            plugins=not no_plugins,
            quiet=quiet,
        )
    if statements is not None:
        bill = pipeline.with_statements(bill, statements)
    if assessed:
        bill = _assessed(bill, decisions, plugins=not no_plugins)
    _deliver(bill, output, format_, mentions=mentions, quiet=quiet)
    if fail_on_incomplete and not bill.complete:
        sys.exit(INCOMPLETE)


def _assessed(bill: Bill, decisions: str | None, *, plugins: bool) -> Bill:
    from aibom import pipeline

    return pipeline.assess(bill, plugins=plugins, decisions=decisions or (), today=_now().date())


def _check_asking(enrich: bool, given: object) -> None:
    if given and not enrich:
        raise click.UsageError(
            "--offline, --cache, --token-from-env, --saved-token, --no-wait, --notices and --osv-dump are of use with"
            " --enrich alone"
        )


def _deliver(
    bill: Bill,
    output: str | None,
    format_: str | None,
    *,
    mentions: bool,
    quiet: bool,
    version: str = "1.6",
    theirs: dict[str, object] | None = None,
) -> None:
    """
    Print *bill*, or write it to the file *output*, and say on standard error what is open.

    As CycloneDX it is of *version*; where it was read from the document *theirs* of another tool, that is completed.
    """
    from aibom import pipeline

    to_file = output is not None and output != "-"
    shown = format_ or (
        pipeline.format_of(output) if output and to_file else "table" if output is None else "cyclonedx"
    )
    spoken = version if version in {"1.5", "1.6", "1.7"} else "1.6"
    if theirs is not None and shown in _OF_CYCLONEDX:
        from aibom.cyclonedx import complete

        text = pipeline.convert(complete(theirs, bill, timestamp=_now(), mentions=mentions), _OF_CYCLONEDX[shown])
        if output and to_file:
            _write(output, text)
        else:
            click.echo(text, nl=False)
    elif output and to_file:
        pipeline.write(bill, output, format=format_, timestamp=_now(), mentions=mentions, spec_version=spoken)
    else:
        text = pipeline.render(bill, shown or "", timestamp=_now(), mentions=mentions, spec_version=spoken)
        click.echo(text, nl=False)
    if not quiet and (to_file or shown in _OF_CYCLONEDX):  # What is for people says it itself.
        _report(bill)
    if not quiet and to_file:
        click.echo(f"{printable(str(output))}: {bill.summary}", err=True)


def _enriched(
    bill: Bill,
    *,
    root: str | None,
    offline: bool,
    cache: str | None,
    token_from_env: bool,
    saved_token: bool,
    no_wait: bool,
    notices: bool | str,
    plugins: bool,
    quiet: bool,
) -> Bill:
    """Return *bill* with what is known of its components; how far we are is shown on standard error."""
    from aibom import pipeline

    if token_from_env and saved_token:
        raise click.UsageError("--token-from-env and --saved-token: one of them")
    token: str | bool | None = saved_token or None
    if token_from_env:
        token = next(filter(None, map(os.environ.get, ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"))), None)
        if token is None:
            raise click.UsageError("--token-from-env: neither HF_TOKEN nor HUGGING_FACE_HUB_TOKEN is set")
    show = None if quiet or not _on_terminal() else _progress()

    def wait(seconds: float) -> bool:
        if show is not None:
            show("")
        if not quiet:
            done = "not waiting for it" if no_wait else "waiting; --no-wait goes on without"
            click.echo(f"aibom: the hub's quota is used up for {seconds:.0f} s: {done}", err=True)
        return not no_wait

    richer = pipeline.enrich(
        bill,
        root=root,
        offline=offline,
        cache=cache,
        token=token,
        plugins=plugins,
        wait=wait,
        notices=notices,
        progress=None if show is None else lambda done, of: show(_bar(done, of)),
    )
    if show is not None:
        show("")
    return richer


def _bar(done: int, of: int) -> str:
    """
    Return how far *done* is on its way to *of*.

    >>> _bar(5, 20)
    '█████               5 of 20 asked'
    """
    return f"{'█' * (20 * done // max(1, of)):<20}{done} of {of} asked"


def _on_terminal() -> bool:
    return sys.stderr.isatty()


def _progress() -> Callable[[str], None]:
    """Return a function that shows how far we are on standard error once a second has gone by; nothing wipes it."""
    started = last = time.monotonic()

    def show(text: str) -> None:
        nonlocal last
        now = time.monotonic()
        if not text:
            if last > started:
                click.echo("\r\x1b[K", nl=False, err=True)
        elif now - started > 1 and now - last > 0.1:  # noqa: PLR2004 - ten times a second is enough for the eye
            last = now
            click.echo(f"\r\x1b[K{text}", nl=False, err=True)

    return show


def _now() -> datetime:
    """Return the time for documents: SOURCE_DATE_EPOCH when it is set (reproducible-builds.org), else the present."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise TargetError(f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds") from None


def _report(bill: Bill) -> None:
    """Print what is open on standard error."""
    from aibom.reports import open_ends

    unused = [
        str(d) for d in bill.diagnostics if d.code == "cache-not-used"
    ]  # Nothing is missing, but it takes longer.
    for line in [*unused, *open_ends(bill)]:
        click.echo(line, err=True)


@main.command(epilog=_EXIT_CODES)
@click.argument("id", metavar="ID")
@click.argument("path", type=click.Path(), default=".")
@click.option("--no-plugins", is_flag=True, help="Use aibom's own detectors alone.")
@click.option("--enrich", is_flag=True, help="Ask also what is known of it; uses the network, unless with --offline.")
@_asking
def explain(
    id: str,  # noqa: A002 - the users' word
    path: str,
    no_plugins: bool,
    enrich: bool,
    offline: bool,
    cache: str | None,
    token_from_env: bool,
    saved_token: bool,
    no_wait: bool,
    notices: bool,
    osv_dump: str | None,
) -> None:
    """
    Say why ID is in the bill of PATH: each place that shows it, and the way from there to the call.

    ID is a name, provider:name, a package URL or a bom-ref; a name may go without its owner. PATH is a folder or a
    file, which is scanned, or a CycloneDX document in JSON, which is read.
    """
    _check_asking(enrich, offline or cache or token_from_env or saved_token or no_wait or notices or osv_dump)
    from aibom import pipeline, reports

    bill = _read(path)
    if bill is None:
        bill = pipeline.scan(path, plugins=not no_plugins)
    if enrich:
        bill = _enriched(
            bill,
            root=path if Path(path).is_dir() else None,
            offline=offline,
            cache=cache,
            token_from_env=token_from_env,
            saved_token=saved_token,
            no_wait=no_wait,
            notices=osv_dump or notices,
            plugins=not no_plugins,
            quiet=False,
        )
    found = bill.named(id)
    if not found:
        try:
            bill[id]
        except KeyError as error:
            raise click.BadParameter(printable(error.args[0]), param_hint="ID") from None
    click.echo("\n".join(map(reports.to_explanation, found)), nl=False)


@main.command(epilog=_EXIT_CODES)
@click.argument("file", metavar="IN", type=click.Path())
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="Write the bill to this file; - is standard output."
)
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    help="The format; else the file's name says it.",
)
@click.option(
    "--root",
    type=click.Path(file_okay=False),
    help="The folder that was scanned, for the cards and lock files in it; else they are not read.",
)
@_asking
@click.option("--no-plugins", is_flag=True, help="Use aibom's own enrichers alone.")
@click.option("--mentions", is_flag=True, help="Write also what is only mentioned: in comments, prose and tests.")
@click.option("--fail-on-incomplete", is_flag=True, help="Exit with 3 when something could not be asked or read.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but the bill.")
def enrich(
    file: str,
    output: str | None,
    format_: str | None,
    root: str | None,
    offline: bool,
    cache: str | None,
    token_from_env: bool,
    saved_token: bool,
    no_wait: bool,
    notices: bool,
    osv_dump: str | None,
    no_plugins: bool,
    mentions: bool,
    fail_on_incomplete: bool,
    quiet: bool,
) -> None:
    """
    Add what hubs, caches and tables know to the bill IN, a CycloneDX document.

    Uses the network, unless with --offline. That a hub is away is no failure: the bill says what could not be asked.
    """
    if Path(file).is_dir():
        raise TargetError(f"{file!r} is a folder; aibom scan --enrich finds what it uses, and enriches that")
    if not Path(file).is_file():
        raise TargetError(f"there is no file {file!r}")
    from aibom.cyclonedx import is_to_be_completed, read, read_document

    try:
        document = read_document(_bytes(file))
        bill = read(document)
    except DocumentError as error:
        raise TargetError(f"{file!r}: {error}") from None
    theirs = document if is_to_be_completed(document) else None
    richer = _enriched(
        bill,
        root=root,
        offline=offline,
        cache=cache,
        token_from_env=token_from_env,
        saved_token=saved_token,
        no_wait=no_wait,
        notices=osv_dump or notices,
        plugins=not no_plugins,
        quiet=quiet,
    )
    version = str(document.get("specVersion"))
    _deliver(richer, output, format_, mentions=mentions, quiet=quiet, version=version, theirs=theirs)
    if fail_on_incomplete and not richer.complete:
        sys.exit(INCOMPLETE)


@main.group(epilog=_EXIT_CODES)
def cache() -> None:
    """Look after the file in which the answers of hubs are kept."""


_cache_option = click.option(
    "--cache", "file", type=click.Path(dir_okay=False), help="The file; else that in the platform's folder for caches."
)


def _cache(file: str | None, *, new: bool = False) -> Cache:
    from aibom.asking.cache import Cache, default_path

    path = default_path() if file is None else Path(file)
    if not new and not path.is_file():
        raise TargetError(f"there is no cache {str(path)!r}: nothing was asked yet, or it lies elsewhere (--cache)")
    return Cache(path)


@cache.command("info")
@_cache_option
def cache_info(file: str | None) -> None:
    """Say where the cache is, how much it holds, of which hubs, and from when."""
    with closing(_cache(file)) as kept:
        click.echo(f"{printable(str(kept.path))}: {_answers(len(kept))}")
        for line in kept.described():
            click.echo(line)


@cache.command("export")
@click.argument("to", metavar="FILE", type=click.Path(dir_okay=False))
@_cache_option
def cache_export(to: str, file: str | None) -> None:
    """Write what everybody may know to the new FILE, for a machine without network; answers to a token stay behind."""
    with closing(_cache(file)) as kept:
        click.echo(f"{printable(to)}: {_answers(kept.export(to))}", err=True)


@cache.command("import")
@click.argument("source", metavar="FILE", type=click.Path(dir_okay=False))
@_cache_option
def cache_import(source: str, file: str | None) -> None:
    """Take over the answers that `aibom cache export` wrote to FILE; of two the newer one counts."""
    with closing(_cache(file, new=True)) as kept:
        click.echo(f"{_answers(kept.take_from(source))} new or newer", err=True)


@cache.command("clear")
@_cache_option
def cache_clear(file: str | None) -> None:
    """Forget every answer."""
    with closing(_cache(file)) as kept:
        click.echo(f"{_answers(kept.clear())} forgotten", err=True)


def _answers(count: int) -> str:
    return "1 answer" if count == 1 else f"{count} answers"


_DOCUMENTS: Final = (".json", ".xml")


def _read(path: str) -> Bill | None:
    """Return the bill that the CycloneDX document *path* holds; None when it is none, but something to scan."""
    document = _document(path)
    if document is None:
        return None
    from aibom.cyclonedx import read

    return read(document)


def _read_document(path: str) -> Bill:
    """Return the bill that the CycloneDX document *path* holds; `TargetError` says what it is instead."""
    document = _read(path)
    if document is not None:
        return document
    if not Path(path).exists():
        raise TargetError(f"there is no file {path!r}")
    raise TargetError(f"{path!r} is no CycloneDX document; aibom scan makes one of a folder: --output bill.cdx.json")


@main.command(epilog=_EXIT_CODES)
@click.argument("file", metavar="IN", type=click.Path())
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="Write the bill to this file; - is standard output."
)
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    help="The format; else the file's name says it.",
)
@_decisions
@click.option("--mentions", is_flag=True, help="Write also what is only mentioned: in comments, prose and tests.")
@click.option("--no-plugins", is_flag=True, help="Use aibom's own rules alone.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but the bill.")
def assess(
    file: str,
    output: str | None,
    format_: str | None,
    decisions: str | None,
    mentions: bool,
    no_plugins: bool,
    quiet: bool,
) -> None:
    """
    Say what the facts of the CycloneDX document IN mean: licences, pinning, lines of descent, what is out of date.

    Reads IN alone; uses no network. None of it is legal advice.
    """
    bill = _read_document(file)
    _deliver(_assessed(bill, decisions, plugins=not no_plugins), output, format_, mentions=mentions, quiet=quiet)


@main.command(epilog=_EXIT_CODES)
@click.argument("path", metavar="PATH", type=click.Path(), default=".")
@click.option(
    "-p", "--policy", type=click.Path(dir_okay=False), help="The policy, a TOML file; else errors alone fail."
)
@click.option(
    "--since", type=click.Path(dir_okay=False), help="An earlier document: only what is new since then fails."
)
@_decisions
@click.option("--no-plugins", is_flag=True, help="Use aibom's own detectors and rules alone.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; the exit code says it.")
def check(
    path: str, policy: str | None, since: str | None, decisions: str | None, no_plugins: bool, quiet: bool
) -> None:
    """
    Exit with 1 when PATH, a CycloneDX document or a folder to scan, does not meet a policy.

    The document is assessed unless it has findings already, or there are decisions. Uses no network.
    """
    from aibom import pipeline, reports
    from aibom.decisions import lapsed
    from aibom.licences import DISCLAIMER

    bill = _read(path)
    if bill is None:
        bill = pipeline.scan(path, plugins=not no_plugins)
    before = None
    if since is not None:
        before = _read_document(since)
        before = before if before.findings or before.settled else pipeline.assess(before, plugins=not no_plugins)
    done = (bill.findings or bill.settled) and decisions is None
    judged = lapsed(bill, today=_now().date()) if done else _assessed(bill, decisions, plugins=not no_plugins)
    outcome = pipeline.check(judged, policy, since=before, today=_now().date())
    if not quiet:
        for finding in outcome.failures:
            click.echo(reports.finding_line(finding))
        if outcome.failures:
            click.echo(DISCLAIMER, err=True)
        for diagnostic in judged.diagnostics:
            if diagnostic.code in {"decision-expired", "decision-unused"}:
                click.echo(str(diagnostic), err=True)
        for exemption in outcome.expired:
            click.echo(f"expired on {exemption.expires}: {_exempt(exemption)}", err=True)
        for exemption in outcome.unused:
            click.echo(f"excuses nothing: {_exempt(exemption)}", err=True)
        if outcome.open:
            refs = {f.component for f in outcome.open}
            names = sorted({c.name for c in judged if c.ref in refs})
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            said = (
                f"the licence of {', '.join(names[:_NAMED])}{more} is not known: it cannot be held against the policy"
            )
            click.echo(printable(said), err=True)
        said = f"{len(outcome.failures)} failed, {len(outcome.excused)} excused, {len(outcome.known)} known before"
        click.echo(f"{printable(path)}: {'passed' if outcome.passed else 'failed'}: {said}", err=True)
    if not outcome.passed:
        sys.exit(FAILED)


@main.command(epilog=_EXIT_CODES)
@click.argument("path", metavar="PATH", type=click.Path(), default=".")
@click.option(
    "-s", "--statements", type=click.Path(dir_okay=False), help="What only persons can say: a TOML file, aibom.toml."
)
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(["markdown", "table"]),
    help="The format; else a table on a terminal, and Markdown where it is read by something else.",
)
@click.option("--no-plugins", is_flag=True, help="Use aibom's own detectors alone.")
def coverage(path: str, statements: str | None, format_: str | None, no_plugins: bool) -> None:
    """
    Say which elements of the G7 and of CISA PATH, a CycloneDX document or a folder to scan, has.

    Each is observed, declared, unknown, or only a person can say it. It is evidence, and no word on compliance.
    """
    from aibom import pipeline
    from aibom.elements import to_markdown
    from aibom.reports import coverage_to_table

    bill = _read(path)
    if bill is None:
        bill = pipeline.scan(path, plugins=not no_plugins)
    found = pipeline.coverage(bill, statements or ())
    shown = format_ or ("table" if sys.stdout.isatty() else "markdown")
    click.echo(coverage_to_table(found) if shown == "table" else to_markdown(found), nl=False)


_NAMED: Final = 5
"""So many components are named in one line."""


def _exempt(exemption: Exemption) -> str:
    return printable(f"the exemption of {exemption.rule} for {exemption.component}: {exemption.reason}")


@main.command()
@click.argument("id", metavar="[ID]", required=False)
@click.option("--no-plugins", is_flag=True, help="List aibom's own rules alone.")
def rules(id: str | None, no_plugins: bool) -> None:  # noqa: A002 - the users' word
    """List the rules, and what each sees; of one, ID, say also why, what to do, and which threats it exposes to."""
    from aibom import pipeline
    from aibom.knowledge import threats

    found, problems = pipeline.available_rules(plugins=not no_plugins)
    if id is not None:
        one = next((r for r in found if r.id == id), None)
        if one is None:
            raise click.BadParameter(f"there is no rule {id!r}; aibom rules lists them", param_hint="ID")
        lines = [f"{one.id} ({one.level})", one.summary, one.why, f"What to do: {one.fix}"]
        facts = [t for t in threats() if one.id in t.rules and t.ids]
        lines += [f"Exposes to, where it sees {t.fact}: {', '.join(t.ids)}" for t in facts]
        click.echo("\n".join([*lines, *(f"Read more: {reference}" for reference in one.references)]))
    else:
        width = max(len(r.id) for r in found)
        for rule in found:
            click.echo(f"{rule.id.ljust(width)}  {str(rule.level).ljust(7)}  {rule.summary}")
    for problem in problems:
        click.echo(str(problem), err=True)


@main.command(epilog=_EXIT_CODES)
@click.argument("file", type=click.Path())
@click.option("--strict", is_flag=True, help="Warnings fail too: machine paths, package URLs, missing dependsOn.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; the exit code says it.")
def validate(file: str, strict: bool, quiet: bool) -> None:
    """Check that FILE is a valid CycloneDX document, in JSON or XML: its schema, and what no schema can say."""
    from aibom.bill import Level
    from aibom.cyclonedx import validate as check

    problems = check(_bytes(file))
    failed = [p for p in problems if strict or p.level is Level.ERROR]
    if not quiet:
        for problem in problems:
            click.echo(f"{printable(file)}: {problem.level}: {problem}")
        click.echo(f"{printable(file)}: {_verdict(len(failed), len(problems) - len(failed))}", err=True)
    if failed:
        sys.exit(FAILED)


def _verdict(faults: int, warnings: int) -> str:
    """
    Return what `validate` says at its end.

    >>> _verdict(0, 1), _verdict(2, 0)
    ('valid, 1 warning', '2 faults')
    """
    parts = [f"{faults} fault{'s' * (faults != 1)}" if faults else "valid"]
    if warnings:
        parts.append(f"{warnings} warning{'s' * (warnings != 1)}")
    return ", ".join(parts)


def _bytes(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise TargetError(f"cannot read {file!r}: {error.strerror}") from None


@main.command(epilog=_EXIT_CODES)
@click.argument("file", metavar="IN", type=click.Path())
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    required=True,
    help="The file to write; its name says the format: .cdx.json, .cdx.xml, .spdx3.json, .json, .xml.",
)
@click.option("--spec-version", type=click.Choice(["1.5", "1.6", "1.7"]), help="The version; else that of IN.")
def convert(file: str, output: str, spec_version: str | None) -> None:
    """
    Write the CycloneDX document IN in another format, as another version, or as an SPDX document.

    Order, serial number, version and metadata stay, nothing is added, and nothing is lost: what a version has no place
    for moves to properties, and back. SPDX says less: what it has no words for stands in comments, and there is no way
    back.
    """
    from aibom import pipeline

    format_ = {"spdx": "spdx", **_OF_CYCLONEDX}.get(pipeline.format_of(output) or "")
    if format_ is None:
        name = Path(output).name
        raise DocumentError(
            f"the name {name!r} means nothing that is converted to: end it with .cdx.json, .cdx.xml or .spdx3.json"
        )
    if format_ == "spdx" and spec_version is not None:
        raise click.UsageError("--spec-version is a version of CycloneDX: it says nothing of SPDX")
    _write(output, pipeline.convert(_bytes(file), format_, spec_version=spec_version))


def _write(output: str, text: str) -> None:
    try:
        Path(output).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise TargetError(f"cannot write {output!r}: {error.strerror}") from None


_OF_CYCLONEDX: Final = {"cyclonedx": "json", "cyclonedx-xml": "xml"}
"""What `pipeline.convert` calls the formats of CycloneDX."""


@main.command(epilog=_EXIT_CODES)
@click.argument("host", type=click.Path())
@click.argument("path", metavar="IN", type=click.Path(), default=".")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False), help="Write the result to this file.")
@click.option("--mentions", is_flag=True, help="Write also what is only mentioned: in comments, prose and tests.")
@click.option("--no-libraries", is_flag=True, help="Leave AI libraries out when IN is scanned: HOST lists packages.")
@click.option("--no-plugins", is_flag=True, help="Use aibom's own detectors alone.")
def merge(host: str, path: str, output: str, mentions: bool, no_libraries: bool, no_plugins: bool) -> None:
    """
    Add the AI in IN to HOST, a CycloneDX document of another tool, in JSON or XML.

    IN is a folder or a file, which is scanned, or a CycloneDX document. What HOST states stays, and so does its format,
    unless the name of the output says another.
    """
    from aibom import pipeline
    from aibom.cyclonedx import merged_text
    from aibom.cyclonedx.convert import convert, is_xml

    content = _bytes(host)
    text: str | bytes = content if is_xml(content) else _text(host)
    ours = _document(path)
    bill = pipeline.scan(path, plugins=not no_plugins, libraries=not no_libraries) if ours is None else ours
    result = merged_text(text, bill, timestamp=_now(), mentions=mentions)
    wanted = pipeline.format_of(output)
    if wanted in _OF_CYCLONEDX and _OF_CYCLONEDX[wanted] != ("xml" if is_xml(content) else "json"):
        result = convert(result, _OF_CYCLONEDX[wanted])
    _write(output, result)


@main.command(epilog=_EXIT_CODES)
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@click.option(
    "-f", "--format", "format_", type=click.Choice(["json", "markdown", "table"]), default="table", show_default=True
)
@click.option("--no-plugins", is_flag=True, help="Use aibom's own detectors alone.")
def diff(old: str, new: str, format_: str, no_plugins: bool) -> None:
    """
    Say what changed of the AI from OLD to NEW.

    Each is a folder or a file, which is scanned, or a CycloneDX document. That something changed is no failure.
    """
    from aibom import pipeline, reports

    sides = [_read(path) or pipeline.scan(path, plugins=not no_plugins) for path in (old, new)]
    show = {
        "json": reports.difference_to_json,
        "markdown": reports.difference_to_markdown,
        "table": reports.difference_to_table,
    }
    click.echo(show[format_](pipeline.diff(*sides)), nl=False)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TargetError(f"cannot read {path!r}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise TargetError(f"{path!r} is not UTF-8 text") from None


def _document(path: str) -> dict[str, object] | None:
    """
    Return the CycloneDX document at *path*; None when it is none, but something to scan.

    `TargetError` when it is meant to be one: what a broken document names must not pass as little.
    """
    file = Path(path)
    if file.suffix.lower() not in _DOCUMENTS or not file.is_file():
        return None
    from aibom.cyclonedx.convert import read_document

    content = _bytes(path)
    try:
        return read_document(content)
    except DocumentError as error:
        if _meant_as_document(file.name, content):
            raise TargetError(f"{path!r}: {error}") from None
        return None


_NAMES: Final = ("bom.json", "bom.xml", ".cdx.json", ".cdx.xml", ".spdx.json", ".spdx3.json")
"""How the names of bills end, of whatever form."""
_MARKS: Final = (b'"bomFormat"', b"cyclonedx.org/schema/bom")
"""What stands in documents alone; in those of XML the second."""


def _meant_as_document(name: str, content: bytes) -> bool:
    """
    Tell whether what *content* should be is a bill: by its *name*, by what stands in it, or because nothing does.

    >>> _meant_as_document("app.cdx.json", b"{"), _meant_as_document("package.json", b'{"name": "app"}')
    (True, False)
    """
    plain = content.replace(b"\0", b"")  # UTF-16 has zero bytes between those of ASCII.
    return name.lower().endswith(_NAMES) or not plain.strip() or any(mark in plain for mark in _MARKS)


@main.command()
@click.option("--no-plugins", is_flag=True, help="List aibom's own detectors alone.")
def detectors(no_plugins: bool) -> None:
    """List the detectors, and what each finds."""
    from aibom import pipeline

    found, problems = pipeline.available_detectors(plugins=not no_plugins)
    width = max(len(d.name) for d in found)
    for detector in found:
        click.echo(f"{detector.name.ljust(width)}  {detector.summary}")
    for problem in problems:
        click.echo(str(problem), err=True)


@main.command()
@click.option("--no-plugins", is_flag=True, help="List aibom's own enrichers alone.")
def enrichers(no_plugins: bool) -> None:
    """List the enrichers, in the order in which they are asked, and what each knows."""
    from aibom import pipeline

    found, problems = pipeline.available_enrichers(offline=True, cache=":memory:", notices=True, plugins=not no_plugins)
    width = max(len(e.name) for e in found)
    for enricher in found:
        click.echo(f"{enricher.name.ljust(width)}  {enricher.summary}")
    for problem in problems:
        click.echo(str(problem), err=True)
