"""What pipelines, compose files, Kubernetes manifests and charts run and serve: YAML and JSON with commands in it."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from aibom import names
from aibom.bill import Detection, Diagnostic, Kind, Location, Usage
from aibom.commands import (
    Environment,
    Given,
    Run,
    beside,
    commented,
    detections,
    given,
    image_of,
    of_argv,
    of_gateway,
    of_options,
    read_image,
    remarks,
    runs,
)
from aibom.expressions import expression
from aibom.protocols import FunctionDetector
from aibom.syntax.shell import Command, Line, read, template
from aibom.syntax.structured import read_yaml
from aibom.syntax.windows import read_batch, read_powershell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aibom.files import File
    from aibom.syntax import Data, Entry

__all__ = ["detect"]

_FILES: Final = ("*.yaml", "*.yml", "*.json", "*.jsonc", "*.tpl")
_OTHERS: Final = expression(
    r"(?:package|composer|[tj]sconfig(?:\..+)?|tokenizer.*|vocab|.*\.schema)\.json|(?:.*[-.])?lock\.(?:ya?ml|json)|mkdocs\.ya?ml"
)
_MOST_BYTES: Final = 1_000_000
_MOST_RUNS: Final = 5_000

_SCRIPTS: Final = frozenset(
    {
        *(
            "run",
            "script",
            "bash",
            "sh",
            "shell",
            "cmds",
            "cmd",
            "commands",
            "before_script",
            "after_script",
            "setup",
            "exec",
        ),
        *(
            "inlinescript",
            "pwsh",
            "powershell",
            "pre_commands",
            "post_commands",
            "start_command",
            "startcommand",
            "buildcommand",
            "build_command",
        ),
        *("oncreatecommand", "postcreatecommand", "poststartcommand", "updatecontentcommand", "postattachcommand"),
        *(
            "initializecommand",
            "init",
            "start",
            "onstart",
            "userdata",
            "docker_start_cmd",
            "install",
            "build",
            "pre",
            "post",
        ),
        *("build_commands", "predeploycommand", "test_command"),
    }
)
"""Keys of text for a shell, each element of a list a text of its own."""
_ARGV: Final = frozenset({"command", "args", "entrypoint", "arguments", "dockerargs", "extraargs", "extra_args"})
"""Keys of a command, or of what stands behind it: a list has a word in each element."""
_SETS: Final = ("env", "environment", "variables", "vars", "envs", "build_args", "environmentvariables")
_PACKAGES: Final = frozenset({"python_packages", "pip_packages", "pip_requirements", "additional_dependencies"})
"""Keys of lists of packages for Python: Cog, Truss, pre-commit."""
_PACKAGES_UNDER: Final = frozenset({"packages", "requirements", "pip", "uv"})
_PACKAGES_ABOVE: Final = frozenset({(), ("python",), ("pip",), ("uv",), ("runtime_env",), ("runtimeenv",), ("build",)})
"""What such a list stands below where its own key may mean other things: BentoML, Truss, Ray."""
_MODEL_URIS: Final = frozenset(
    {"storageuri", "modeluri", "storage_uri", "model_uri", "url", "source", "model", "uri", "modelpath"}
)
_MOST_PORTS: Final = 20
_MOST_SERVED: Final = 3
"""More models side by side are a catalogue, from which somebody picks."""
_GATEWAY: Final = expression(r"(?:docker\.io/)?docker/mcp-gateway(?:[:@].*)?")
_CONTROL: Final = expression(
    r"\s*(?:\{\{-?\s*(?:if|else|end|range|with|define|include|template|block|toYaml|/\*|\$|fail|tpl|-)[^\n]*\}\}\s*)+\s*$|\s*\{%.*%\}\s*$"
)
_INLINE: Final = expression(r"\{\{-?(?:[^{}\n\"]|\"[^\"\n]*\")*-?\}\}")
_TOKEN: Final = expression("\ue000(\\d+)\ue001")
_VALUES: Final = ("values.yaml", "../values.yaml", "../../values.yaml", "values.yml", "../values.yml")


def _document(lines: tuple[Line, ...]) -> Command:
    """Return the command that hands *lines* to Python."""
    return Command((), lines[0].number if lines else 1, 1, document=lines)


@frozen
class _Given:
    """The string at one key, with what stands around it."""

    keys: tuple[str, ...]
    """Of the container that holds it, or holds the list that it is in."""
    key: str
    entries: tuple[Entry, ...]
    """One, or those of a list."""
    listed: bool


def _find(file: File) -> Iterator[Detection | Diagnostic]:
    """Models, datasets, images and AI libraries that pipelines, compose files, Kubernetes manifests and charts name."""
    if _OTHERS.fullmatch(file.name) or len(file.bytes) > _MOST_BYTES:
        return
    for data in _documents(file):
        yield from _Reader(file, *data).found()
    if file.format != "json":
        yield from remarks(commented(file.text), file.path)


def _documents(file: File) -> Iterator[tuple[Data, list[str]]]:
    """Yield the values of each document, and the templates of a chart whose numbers stand in them."""
    rows = file.text.split("\n")
    templates = "{{" in file.text and file.format != "json"
    expressions: list[str] = []

    def token(found: re.Match[str]) -> str:
        expressions.append(found[0])
        return f"\ue000{len(expressions) - 1}\ue001"

    if templates and any(_CONTROL.match(r) or re.search(r"(?:^|[\s:-])\{\{", r) for r in rows):
        data = read_yaml("\n".join("" if _CONTROL.match(r) else _INLINE.sub(token, r) for r in rows))
    else:
        data = file.data
    for document in data.documents(file.text):
        yield document, expressions


class _Reader:
    """Reads one file."""

    def __init__(self, file: File, data: Data, expressions: list[str]) -> None:
        self.file = file
        self.expressions = expressions
        self.source = beside(file)
        self.data = data
        self.lines = file.text.split("\n")
        self.scalars: dict[tuple[str, ...], dict[str, Entry]] = defaultdict(dict)
        self.lists: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry in self.data.entries:
            if entry.keys:
                self.scalars[entry.keys[:-1]][entry.keys[-1]] = entry
                if entry.keys[-1].isdecimal():
                    self.lists[entry.keys[:-1]].append(entry)
        self.compose = re.search(r"(?:^|/)(?:docker-)?compose[\w.-]*\.ya?ml$", file.path) is not None
        kubernetes = "apiVersion" in self.scalars[()] or bool(self.expressions)
        azure = "azure" in file.path.lower() or self._has("pool", "trigger", "stages")
        self.scripts = "compose" if self.compose else "macro" if azure and not kubernetes else "shell"
        """The dialect of scripts; and that of the words of containers."""
        self.dialect = "kubernetes" if kubernetes else self.scripts
        self.catalogs: dict[tuple[str, ...], int] = {}
        self.outside = self._outside()
        self.environments: dict[tuple[str, ...], Environment] = {(): self.outside}
        self._fill(self.outside, ())
        example = re.search(r"(?i)(?:^|[./_-])(?:examples?|samples?|template)(?:[._-]|$)", file.name)
        self.usage = Usage.OPTIONAL if example else Usage.USED

    def _has(self, *keys: str) -> bool:
        return any(key in self.scalars[()] for key in keys)

    def text(self, entry: Entry) -> str:
        """Return the text of *entry*, with the templates that stand in it."""
        value = entry.value if isinstance(entry.value, str) else ""
        return _TOKEN.sub(lambda m: self.expressions[int(m[1])] if int(m[1]) < len(self.expressions) else "", value)

    # -- what variables are set to ---------------------------------------------------------------

    def _outside(self) -> Environment:
        """Return what is set outside of every container: ``.env``, inputs with their defaults, a chart's values."""
        env = Environment()
        if "${" in self.file.text and (other := self.file.sibling(".env")) is not None:
            for entry in other.data.entries:
                if isinstance(entry.value, str):
                    env.set(entry.keys[-1], [given(entry.value, Location(other.path, entry.line, entry.column))])
        if ".Values" in self.file.text:
            for name in _VALUES:
                values = self.file.sibling(name)
                if values is not None and values.path != self.file.path:
                    for entry in values.data.entries:
                        if isinstance(entry.value, str) and entry.value:
                            place = given(entry.value, Location(values.path, entry.line, entry.column))
                            env.set(".Values." + ".".join(entry.keys), [place])
                    break
        for keys, inside in self.scalars.items():
            if len(keys) > 1 and keys[-2] == "inputs" and "default" in inside:
                self._put(env, f"inputs.{keys[-1]}", inside["default"])
                self._put(env, f"github.event.inputs.{keys[-1]}", inside["default"])
            if len(keys) > 1 and keys[-2] == "parameters" and "default" in inside:
                for prefix in ("parameters", "pipeline.parameters"):
                    self._put(env, f"{prefix}.{keys[-1]}", inside["default"])
                if "name" in inside:
                    self._put(env, f"parameters.{inside['name'].value}", inside["default"])
        return env

    def _put(self, env: Environment, name: str, entry: Entry, *, add: bool = False) -> None:
        if isinstance(entry.value, str) and entry.value:
            word = template((Line(self.text(entry), *self._start(entry)),), self.dialect, raw=True)
            options = env.expand(word, self.file.path)
            env.values[name] = (*env.values.get(name, ()), *options)[:24] if add else tuple(options)

    def _start(self, entry: Entry) -> tuple[int, int]:
        quoted = self.lines[entry.line - 1][entry.column - 1 : entry.column] if entry.line <= len(self.lines) else ""
        return entry.line, entry.column + (quoted in {'"', "'"})

    def environment(self, keys: tuple[str, ...]) -> Environment:
        """Return what the variables are set to in the container at *keys*, and in those around it."""
        known = self.environments.get(keys)
        if known is None:
            env = self.environment(keys[:-1]).copy()
            self.environments[keys] = known = env
            self._fill(env, keys)
        return known

    def _fill(self, env: Environment, keys: tuple[str, ...]) -> None:
        for inner in ("strategy", "parallel"):
            self._matrix(env, (*keys, inner, "matrix"))
        for key in self._sets_in(keys):
            for name, entry in self.scalars.get((*keys, key), {}).items():
                if name.isdecimal():
                    name, entry = self._pair(entry)  # noqa: PLW2901 - the pair that is written as one text
                if name:
                    self._put(env, name, entry)
                    self._named(env, name)
            for number in self._numbers((*keys, key)):
                inside = self.scalars.get((*keys, key, number), {})
                if "name" in inside and "value" in inside and isinstance(inside["name"].value, str):
                    self._put(env, inside["name"].value, inside["value"])
                    self._named(env, inside["name"].value)

    def _named(self, env: Environment, name: str) -> None:
        """Let expressions name the variable too."""
        for alias in (f"env.{name}", f"variables.{name}", f".{name}", f"vars.{name}"):
            env.values[alias] = env.values.get(name, ())

    def _matrix(self, env: Environment, path: tuple[str, ...]) -> None:
        for keys in (path, *((*path, n) for n in self._numbers(path))):
            for name, entry in self.scalars.get(keys, {}).items():
                if not name.isdecimal():
                    self._put(env, f"matrix.{name}", entry, add=True)
                    self._put(env, name, entry, add=True)
        for name, entry in self._axes.get(path, ()):
            self._put(env, f"matrix.{name}", entry, add=True)
            self._put(env, name, entry, add=True)
        for number in self._numbers((*path, "include")):
            for name, entry in self.scalars.get((*path, "include", number), {}).items():
                self._put(env, f"matrix.{name}", entry, add=True)

    @cached_property
    def _axes(self) -> Mapping[tuple[str, ...], Sequence[tuple[str, Entry]]]:
        """The names of the lists in each matrix, or in one of its rows, with what they list."""
        found: dict[tuple[str, ...], list[tuple[str, Entry]]] = defaultdict(list)
        for keys, entries in self.lists.items():
            for path in (keys[:-1], keys[:-2]):
                if path[-1:] == ("matrix",) and not keys[-1].isdecimal():
                    found[path] += ((keys[-1], entry) for entry in entries)
        return found

    def _numbers(self, path: tuple[str, ...]) -> list[str]:
        """Return the numbers of the containers in the list at *path*."""
        if not hasattr(self, "_children"):
            self._children: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
            for keys in self.scalars:
                for end in range(len(keys)):
                    if keys[end].isdecimal():
                        self._children[keys[:end]][keys[end]] = None
        return list(self._children.get(path, {}))

    def _sets_in(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(k for k in (*_SETS, "globalEnv") if (*keys, k) in self.scalars or (*keys, k, "0") in self.scalars)

    def _pair(self, entry: Entry) -> tuple[str, Entry]:
        """Return name and value of ``NAME=value``."""
        name, set_, value = entry.value.partition("=") if isinstance(entry.value, str) else ("", "", "")
        return (name, evolve(entry, value=value, column=entry.column + len(name) + 1)) if set_ else ("", entry)

    # -- what is run -----------------------------------------------------------------------------

    def found(self) -> Iterator[Detection | Diagnostic]:
        """Yield what the file names."""
        if self.expressions:  # Those of a file that is read as it is are told by the file.
            for problem in self.data.problems:
                yield Diagnostic(problem.code, problem.message, self.file.at(problem.line))
        seen: set[tuple[tuple[str, ...], str]] = set()
        count = 0
        done: set[tuple[str, ...]] = set()
        for entry in self.data.entries:
            if not isinstance(entry.value, str) or not entry.keys:
                continue
            listed = entry.keys[-1].isdecimal() and len(entry.keys) > 1
            container, key = (entry.keys[:-2], entry.keys[-2]) if listed else (entry.keys[:-1], entry.keys[-1])
            if (container, key) in seen:
                continue
            seen.add((container, key))
            entries = tuple(self.lists[*container, key]) if listed else (entry,)
            count += 1
            if count > _MOST_RUNS * 40:
                yield Diagnostic(
                    "limit-reached", "it has too many keys; its commands were not all read", self.file.at(entry.line)
                )
                return
            found = list(self._of(_Given(container, key, entries, listed), done))
            for detection in found:
                yield self._judged(detection, container)

    def _judged(self, detection: Detection, container: tuple[str, ...]) -> Detection:
        optional = self.usage is Usage.OPTIONAL or (
            self.compose
            and len(container) > 1
            and ("profiles" in self.scalars.get(container[:2], {}) or (*container[:2], "profiles") in self.lists)
        )
        if optional and detection.usage is Usage.USED:
            return evolve(detection, usage=Usage.OPTIONAL)
        return detection

    def _of(self, place: _Given, done: set[tuple[str, ...]]) -> Iterator[Detection]:
        key = place.key.lower()
        if key in _ARGV and (place.listed or self._is_container(place.keys) or key != "command"):
            if place.keys not in done and (not place.listed or self._is_argv(place)):
                done.add(place.keys)
                yield from self._container(place.keys)
            elif place.keys not in done:
                yield from self._scripts(place)
        elif place.listed and (key in _PACKAGES or (key in _PACKAGES_UNDER and place.keys[-1:] in _PACKAGES_ABOVE)):
            yield from self._packages(place)
        elif (
            key.endswith("args")
            and not key.startswith("build")
            and not place.listed
            and self.text(place.entries[0]).lstrip().startswith("-")
        ):
            yield from self._options(place)  # claude_args: --model …
        elif place.keys and place.keys[-1].endswith("Command") and place.keys[-1].lower() in _SCRIPTS:
            yield from self._scripts(evolve(place, key=place.keys[-1]))  # devcontainer.json: several, with names.
        elif key in _SCRIPTS or (key == "command" and not place.listed):
            yield from self._scripts(place)
        elif key in {"image", "newname", "baseimage", "base_image", "dockerimage"} or (
            key == "name" and "images" in place.keys[-2:]
        ):
            yield from self._image(place)
        elif key == "repository" and not place.listed:
            yield from self._image(place, tag="tag")
        elif self.compose and len(place.keys) == 2 and place.keys[0] == "models" and key == "model":  # noqa: PLR2004
            yield from self._compose_model(place)
        elif key in _MODEL_URIS or key == "storageuris":
            for entry in place.entries:
                yield from self._uri(entry, key, place)

    def _is_container(self, keys: tuple[str, ...]) -> bool:
        inside = self.scalars.get(keys, {})
        return "image" in inside or any(
            k in {"containers", "initContainers", "services", "container"} for k in keys[-2:]
        )

    def _is_argv(self, place: _Given) -> bool:
        """Tell whether a list has a word in each element, and not a script."""
        texts = [self.text(e) for e in place.entries]
        return self._is_container(place.keys) or not any(" " in t.strip() and not t.startswith("-") for t in texts[:1])

    def _run(self, entry: Entry, args: tuple[tuple[Given, ...], ...]) -> Run:
        return Run(args, Location(self.file.path, entry.line, entry.column), source=self.source)

    def _scripts(self, place: _Given) -> Iterator[Detection]:
        env = self.environment(place.keys).copy()
        said = self.scalars.get(place.keys, {}).get("shell")
        shell = said.value if said is not None and isinstance(said.value, str) else place.key.lower()
        if place.listed and place.key.endswith("Command"):  # A list of words, as devcontainer.json has it.
            words = [
                env.expand(template(self._block(e), self.dialect, raw=True), self.file.path) for e in place.entries
            ]
            yield from of_argv(self._run(place.entries[0], tuple(tuple(w) for w in words if w)))
            return
        for entry in place.entries:
            lines = self._block(entry)
            if shell.startswith(("pwsh", "powershell")):
                script = read_powershell(lines)
            elif shell == "cmd":
                script = read_batch(lines)
            elif shell.startswith("python"):
                at = Location(self.file.path, entry.line)
                yield from detections((Run(((given("python", at),),), at, command=_document(lines)),))
                continue
            else:
                script = read(lines, self.scripts)
            yield from detections(runs(script, self.file.path, env, self.source))

    def _packages(self, place: _Given) -> Iterator[Detection]:
        """Yield the AI libraries of a list of requirements, as BentoML, Cog, Truss, Ray and pre-commit have it."""
        for entry in place.entries:
            text = self.text(entry)
            at = Location(self.file.path, *self._start(entry))
            if text and " " not in text.strip() and not text.startswith(("-", "/", ".")):
                words = (given("pip", at), given("install", at), given(text.strip(), at))
                for found in of_argv(self._run(entry, tuple((w,) for w in words))):
                    yield evolve(found, symbol=".".join(k for k in (*place.keys[-2:], place.key) if not k.isdecimal()))

    def _options(self, place: _Given) -> Iterator[Detection]:
        """Yield what a text of options names that some tool is given."""
        entry = place.entries[0]
        for run in runs(read(self._block(entry), self.scripts), self.file.path, self.environment(place.keys).copy()):
            yield from of_options(run, 0)

    def _block(self, entry: Entry) -> tuple[Line, ...]:
        """Return the lines of the text at *entry*, where they stand in the file."""
        text = self.text(entry)
        row = self.lines[entry.line - 1] if entry.line <= len(self.lines) else ""
        mark = row[entry.column - 1 : entry.column]
        if mark not in {"|", ">"}:
            if "\n" not in text:
                line, column = self._start(entry)
                return (Line(text, line, column),)
            return tuple(Line(t, entry.line) for t in text.split("\n"))
        block, number, indent = list[Line](), entry.line, -1
        while number < len(self.lines):
            raw = self.lines[number]
            number += 1
            depth = len(raw) - len(raw.lstrip(" "))
            if raw.strip():
                indent = depth if indent < 0 else indent
                if depth < indent or (indent == 0 and not block):
                    break
            block.append(Line(raw[max(indent, 0) :], number, max(indent, 0) + 1))
        while block and not block[-1].text.strip():
            block.pop()
        if mark == ">":  # Lines are joined to one.
            joined = [b.text.strip() and n + 1 < len(block) and block[n + 1].text.strip() for n, b in enumerate(block)]
            block = [
                evolve(b, text=f"{b.text.rstrip()} \\") if join and not b.text.endswith("\\") else b
                for b, join in zip(block, joined, strict=True)
            ]
        return tuple(block)

    def _words(self, keys: tuple[str, ...], key: str, env: Environment) -> list[tuple[Given, ...]]:
        """Return the words of a command at *key*, from a list or from a text."""
        path = (*keys, key)
        if path in self.lists:
            words = []
            for entry in self.lists[path]:
                if isinstance(entry.value, str):
                    block = self._block(entry)
                    words.append(tuple(env.expand(template(block, self.dialect, raw=True), self.file.path)))
                elif entry.value is not None:
                    words.append((given(str(entry.value), Location(self.file.path, entry.line, entry.column)),))
            return words
        found = self.scalars.get(keys, {}).get(key)
        if found is None or not isinstance(found.value, str):
            return []
        script = read(self._block(found), self.scripts)
        for step in runs(script, self.file.path, env.copy(), self.source):
            return list(step.args)
        return []

    def _container(self, keys: tuple[str, ...]) -> Iterator[Detection]:
        env = self.environment(keys)
        inside = {k.lower(): k for k in self.scalars.get(keys, {})}
        inside |= {p[-1].lower(): p[-1] for p in (self._list_keys().get(keys, ()))}
        words: list[tuple[Given, ...]] = []
        order = ("entrypoint", "command", "args", "arguments", "dockerargs", "extraargs", "extra_args")
        for key in order:
            if key in inside:
                words += self._words(keys, inside[key], env)
        if not words or not words[0]:
            return
        texts = self._image_texts(keys, env)
        if texts and _GATEWAY.fullmatch(texts[0].text):
            yield from of_gateway(Run(tuple(words), words[0][0].place(), environment=env), 0)
            return
        known = read_image(texts[0].text) if texts else None
        first = words[0][0].text
        run = Run(tuple(words), words[0][0].place(), environment=env, source=self.source)
        if known is not None and known.row.program and (first.startswith("-") or "entrypoint" not in inside):
            program = known.row.program.split()
            said = [w[0].text for w in words[:1]]
            if said and (said[0].startswith("-") or known.row.program.startswith("ollama")):
                at = words[0][0].place()
                run = evolve(run, args=(*((given(w, at),) for w in program), *words))
                yield from of_argv(run)
                return
        if first.startswith("-"):
            yield from of_options(run, 0)
        else:
            yield from of_argv(run)

    def _list_keys(self) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
        if not hasattr(self, "_listed"):
            self._listed: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
            for path in self.lists:
                self._listed[path[:-1]].append(path)
        return self._listed

    # -- what is served --------------------------------------------------------------------------

    def _image_texts(self, keys: tuple[str, ...], env: Environment) -> list[Given]:
        entry = self.scalars.get(keys, {}).get("image")
        if entry is not None and isinstance(entry.value, str):
            return env.expand(
                template((Line(self.text(entry), *self._start(entry)),), self.dialect, raw=True), self.file.path
            )
        repository = self.scalars.get((*keys, "image"), {}).get("repository")
        if repository is not None and isinstance(repository.value, str):
            return [given(repository.value, Location(self.file.path, *self._start(repository)))]
        return []

    def _image(self, place: _Given, tag: str = "newTag") -> Iterator[Detection]:
        env = self.environment(place.keys)
        for entry in place.entries:
            for option in env.expand(
                template((Line(self.text(entry), *self._start(entry)),), self.dialect, raw=True), self.file.path
            ):
                inside = self.scalars.get(place.keys, {})
                known = option
                version = inside.get(tag) if tag == "newTag" else inside.get("tag")
                if (
                    version is not None
                    and isinstance(version.value, str | float | int)
                    and ":" not in option.text.rpartition("/")[2]
                ):
                    known = evolve(option, text=f"{option.text}:{version.value}")
                registry = inside.get("registry")
                if tag == "tag" and registry is not None and isinstance(registry.value, str) and registry.value:
                    known = evolve(known, text=f"{registry.value}/{known.text}")
                symbol = ".".join((*place.keys[-2:], place.key))
                yield from image_of(known, self._run(entry, ()), symbol, self._published(place.keys))

    def _published(self, keys: tuple[str, ...]) -> list[str]:
        """Return the ports that the service of a compose file at *keys* publishes, as docker writes them."""
        if not self.compose:
            return []
        found = [str(e.value) for e in self.lists.get((*keys, "ports"), ()) if isinstance(e.value, str | int)]
        for number in self._numbers((*keys, "ports")):
            said = {k: str(e.value) for k, e in self.scalars.get((*keys, "ports", number), {}).items()}
            if "target" in said:
                host = f"{said['host_ip']}:" if "host_ip" in said else ""
                found.append(f"{host}{said.get('published', '')}:{said['target']}")
        return found[:_MOST_PORTS]

    def _compose_model(self, place: _Given) -> Iterator[Detection]:
        entry = place.entries[0]
        env = self.environment(place.keys)
        for option in env.expand(template((Line(self.text(entry), *self._start(entry)),), raw=True), self.file.path):
            if option.known:
                at = option.place()
                words = tuple((given(w, at),) for w in ("docker", "model", "pull"))
                for found in of_argv(self._run(entry, (*words, (option,)))):
                    yield evolve(found, symbol=f"models.{place.keys[1]}.model")

    def _is_catalog(self, place: _Given) -> bool:
        """Tell whether somebody picks one of several that stand side by side: ``catalog: {a: {url: hf://…}, b: …}``."""
        above = place.keys[:-1]
        if not above:
            return False
        if above not in self.catalogs:
            beside = [k for k in self.scalars if k[:-1] == above and place.key in self.scalars[k]]
            self.catalogs[above] = len(beside)
        return self.catalogs[above] > _MOST_SERVED

    def _uri(self, entry: Entry, key: str, place: _Given) -> Iterator[Detection]:
        env = self.environment(place.keys)
        for option in env.expand(
            template((Line(self.text(entry), *self._start(entry)),), self.dialect, raw=True), self.file.path
        ):
            scheme, found, rest = option.text.partition("://")
            if not found or not option.known:
                continue
            rest = rest.partition("?")[0]
            named: names.Named | None = None
            if scheme in {"hf", "huggingface"}:
                name, _, revision = rest.partition(":")
                named = names.read_name(f"hf://{name}", Kind.MODEL)
                if named is not None and revision:
                    named = evolve(named, revision=revision)
            elif scheme == "azureml" and key == "model":
                named = names.read_azure(f"azureml://{rest}")
            elif scheme == "ollama":
                named = names.Named(Kind.MODEL, "ollama", rest, hosted=True)
            elif key in {"storageuri", "modeluri", "storage_uri", "model_uri", "storageuris"} and scheme in {
                "s3",
                "gs",
                "oci",
                "https",
                "models",
                "wasbs",
            }:
                named = names.Named(Kind.MODEL, "unknown", names.without_secrets(option.text))
            if named is not None:
                usage = Usage.OPTIONAL if self._is_catalog(place) else Usage.USED
                usage = Usage.MENTION if names.is_placeholder(named.name) else usage
                at = option.place()
                here = Location(self.file.path, entry.line, entry.column)
                yield Detection(
                    named.kind,
                    named.name,
                    at,
                    named.provider,
                    revision=named.revision,
                    usage=usage,
                    symbol=".".join(k for k in (*place.keys[-3:], place.key) if not k.isdecimal()),
                    confidence=0.9,
                    hosted=named.hosted,
                    reaches=() if (at.path, at.line) == (here.path, here.line) else (here,),
                )


_HINTS: Final = (
    (
        r"(?i:\b(?:run|script|bash|commands?|cmds?|before_script|setup|\w*args|entrypoint|exec|\w*command|init|start|install|build|userdata)[\"']?\s*:)",
        (
            r"(?i:model|dataset|huggingface|hf\.co|llama|whisper|spacy|nltk|kaggle|vllm|embed|langchain|openai|anthropic|transformers"
            r"|\bpython[\d.]*\b|torchrun|accelerate|deepspeed|\.(?:sh|py)\b"
            r"|cargo|composer|dotnet add|gem install|go get"
            r"|\bhf\b|\blms\b|\byolo\b|\bdvc\b|pip|uv|npm|conda|\.(?:onnx|gguf|safetensors)\b)"
        ),
    ),
    (
        r"(?i:image|repository|newName|name)[\"']?\s*:\s*[\"']?\S",
        (
            r"(?i:vllm|text-generation|text-embeddings|ollama|sglang|llama|triton|nim/|torch|tensorflow|chroma|qdrant|milvus|weaviate|litellm"
            r"|pgvector|openai|dify|flowise|langf|infinity|localai|whisper|kserve|seldon|webui|nvcr|mlflow|ray|lorax|vespa|marqo|phoenix|xinference)"
        ),
    ),
    r"(?i:hf|huggingface|ollama)://|azureml://registries/[\w-]+/models/|mcp-gateway",
    r"(?:python_packages|additional_dependencies|runtime_env|requirements|packages)[\"']?\s*:",
    r"\w*args[\"']?\s*:\s*[|>\"'-]*\s*--?\w*(?i:model)",
    r"(?i:storage_?uris?|model_?uri)[\"']?\s*:",
    r"(?m:^models:)",
)

detect = FunctionDetector("pipelines", (_find.__doc__ or "").strip(), _FILES, _HINTS, _find)
