"""Follow values into the files of settings that code reads."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from attrs import evolve

from aibom.expressions import expression
from aibom.link.cells import Cell, Content, Guess, Open, Settings
from aibom.link.limits import LONGEST, WIDEST
from aibom.link.modules import in_tests
from aibom.slots import words
from aibom.syntax import Entry, dockerfile
from aibom.syntax.values import Attribute, Call, Const, Item, Mapping, Name, Sequence, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.link.follow import Follower
    from aibom.link.modules import Source
    from aibom.syntax import Data
    from aibom.syntax.values import Value

__all__ = [
    "READS",
    "Files",
    "asked",
    "asked_of",
    "child",
    "configured",
    "environment",
    "files_of",
    "hydra",
    "is_alternative",
    "is_file_name",
    "keys_of",
    "of_class",
    "parser",
    "plain",
    "settled",
    "targets",
    "unfolded",
]

_EXAMPLE: Final = expression(r"(?i)(?:^|[._-])(?:example|sample|template|tpl|dist|test|testing|ci)(?:[._-]|$)")
_FOLDER: Final = expression(
    r"(?i)(?:^|/)(?:confs?|configs|recipes|presets|examples?|samples?|experiments|profiles|templates)/"
)
_MAIN: Final = expression(r"(?i)\.?(?:config|conf|default|defaults|settings|main|base|app|application|global|env)")
"""Names of the file that is taken when nobody picks another."""
_STAGE: Final = expression(r"(?i)[._-](?:dev|development|staging|stage|prod|production|qa)(?:\.|$)")
_DEFAULT: Final = expression(
    r"\$\{oc\.env:\w+,\s*([^{}$]*)\}|\$\{(?!oc\.)[A-Za-z_][\w.]*(?::-|-|:(?![-?+]))([^{}$]*)\}"
)
_OPEN: Final = expression(r"\$\{|\{\{|\$\(|<%|%\(|^\$\w+$|^<.*>$|\{[\w.]*\}")
_SUFFIX: Final = expression(r"\.(?:ya?ml|jsonc?|toml|ini|cfg|conf|env)$|(?:^|/)\.env(?:\.\w+)?$", re.IGNORECASE)
_ENV: Final = expression(r"(?:^|/)(?:\.env(?:\.[\w.-]+)?|[\w.-]*\.env)$")
_COMPOSE: Final = expression(r"(?:^|/)(?:docker-)?compose[\w.-]*\.ya?ml$")
_VARIABLE: Final = expression(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_UNLIKELY: Final = expression(
    r"(?:^|/)(?:package(?:-lock)?\.json|[tj]sconfig[\w.]*\.json|.*lock\.\w+|locales?/|i18n/|\.vscode/|\.github/)"
)
_CONFIG: Final = frozenset(
    {"cfg", "config", "configs", "conf", "configuration", "settings", "setting", "hparams", "yaml"}
)
"""Words in the names of what holds settings."""
_ABOVE: Final = frozenset(
    {"read", "read_text", "read_bytes", "open", "expanduser", "resolve", "absolute", "as_posix", "decode"}
)
_MOST_FILES: Final = 300
"""So many files of settings are searched for a key whose file is not known."""
_MOST_REFERENCES: Final = 4
"""So deep may references lead from one setting to another."""
_MOST_READ: Final = 20
"""So many of them are parsed for it."""
_MOST_BYTES: Final = 200_000
_MOST_KEYS: Final = 100
"""So many keys whose file is not known are searched for."""
READS: Final = frozenset({"read_text", "read_bytes", "open", "read"})
"""Methods of a path, or of an open file, that give its content."""


def is_alternative(path: str) -> bool:
    """
    Tell whether *path* is one of several files of settings among which somebody picks, or an example of one.

    >>> [is_alternative(p) for p in ("config.yaml", ".env.example", "conf/default.yaml", "conf/large.yaml")]
    [False, True, False, True]
    """
    folder, _, name = path.rpartition("/")
    if _EXAMPLE.search(name) or _STAGE.search(name):
        return True
    return _FOLDER.search(f"{folder}/") is not None and _MAIN.fullmatch(name.partition(".")[0] or name) is None


def plain(text: str) -> str | None:
    """
    Return what *text* is when nobody sets its variables; None when that is not known.

    >>> plain("gpt-4o"), plain("${MODEL:-gpt-4o}"), plain("{{ .Values.model }}")
    ('gpt-4o', 'gpt-4o', None)
    """
    text = text.strip()
    default = _DEFAULT.fullmatch(text)
    if default is not None:
        return (default[1] or default[2] or "").strip().strip("\"'") or None
    return None if _OPEN.search(text) else text


def is_file_name(text: str) -> bool:
    """Tell whether *text* ends like the name of a file of settings."""
    return _SUFFIX.search(text) is not None


_APPLICATION: Final = expression(
    r"(?:^|/)(?:application|bootstrap)(?:-[\w.-]+)?\.(?:ya?ml|properties)$|(?:^|/)appsettings(?:\.[\w-]+)?\.json$"
)
"""The settings that Spring, Quarkus and Micronaut read, and those that .NET reads, also for one environment."""
_PROFILE: Final = expression(r"(?:^|/)(?:(?:application|bootstrap)-|appsettings\.(?!json$))")
_PLACEHOLDER: Final = expression(r"\$\{([^{}:]+)(?::(.*))?\}", re.DOTALL)
_ASKS: Final = frozenset({"GetValue", "getProperty", "getRequiredProperty", "getConfigValue", "getValue"})
"""Methods that ask the settings of an application for a key."""
_SECTIONS: Final = _ASKS | {"GetSection", "GetRequiredSection"}
_CONFIGURATIONS: Final = _CONFIG | {"environment", "env"}
_BOUND: Final = frozenset({"ConfigurationProperties", "ConfigMapping"})
"""Annotations that bind a class to a part of the settings (Spring, Micronaut, Quarkus)."""
_BINDS: Final = ("Configure", "Bind", "BindConfiguration", "Get")
"""Calls that do so (.NET)."""
_APPLICATIONS: Final = frozenset({"java", "kotlin", "csharp"})


class Files:
    """The files of settings of one tree; each is read when a name leads there."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.paths = frozenset(source.settings_paths)
        self._data: dict[str, _Index] = {}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self.paths):
            self._by_name[path.rpartition("/")[2]].append(path)
        self._variables = sorted(p for p in self.paths if _ENV.search(p) or _COMPOSE.search(p))
        self._deployed = sorted(p for p in self.paths if p.endswith((".yml", ".yaml")) and not _COMPOSE.search(p))
        self._images = sorted(source.images)
        self._environment: dict[str, list[tuple[str, Entry, str]]] | None = None
        self._targets: dict[str, list[tuple[str, Call]]] | None = None
        self._applications = sorted(p for p in self.paths if _APPLICATION.search(p) and not in_tests(p))
        self._relaxed: dict[str, dict[tuple[str, ...], Entry]] = {}
        self._guesses: dict[tuple[str, ...], tuple[str, Entry] | None] = {}

    def at(self, path: str) -> _Index:
        """Return what the file *path* says."""
        known = self._data.get(path)
        if known is None:
            known = self._data[path] = _Index(self.source.settings(path))
        return known

    def find(self, text: str, importer: str) -> str | None:
        """Return the file of settings that the code of *importer* means by *text*: beside it, above it, or anywhere."""
        text = posixpath.normpath(text.removeprefix("file://")).lstrip("/")
        while text.startswith("../"):
            text = text[3:]
        folder = posixpath.dirname(importer)
        while True:
            path = f"{folder}/{text}".lstrip("/")
            if path in self.paths:
                return path
            if not folder:
                break
            folder = posixpath.dirname(folder)
        ends = [p for p in self._by_name[posixpath.basename(text)] if p == text or p.endswith(f"/{text}")]
        ends = ends or [p for p in self._by_name[posixpath.basename(text)] if text.endswith(f"/{p}")]
        return ends[0] if len(ends) == 1 else None

    @property
    def sets_variables(self) -> bool:
        """Whether a file of the tree may set variables of the environment."""
        return bool(self._variables or self._deployed or self._images)

    def is_example(self, cell: Cell) -> bool:
        """Tell whether *cell* stands in a file of settings that is not read unless somebody copies it."""
        return cell.path in self.paths and is_alternative(cell.path)

    def environment(self, name: str, importer: str) -> list[tuple[str, Entry, str]]:
        """Return where files of the tree set the variable *name*: those near *importer*, what is no example first."""
        if self._environment is None:  # Read when the first name leads there.
            self._environment = defaultdict(list)
            for path in self._variables[:_MOST_READ]:
                for key, entry, text in _variables(self.at(path).data):
                    self._environment[key.lower()].append((path, entry, text))
            for path in self._images[:_MOST_READ]:
                for entry in _of_image(self.source.data(path)):
                    if isinstance(entry.value, str) and (text_ := plain(entry.value)):
                        self._environment[entry.keys[0].lower()].append((path, entry, text_))
            for path in [p for p in self._deployed[:_MOST_FILES] if _SETS.search(self._bytes(p))][:_MOST_READ]:
                for key, entry, text in _deployed(self.at(path)):
                    self._environment[key.lower()].append((path, entry, text))
        found = [f for f in self._environment.get(name.lower(), []) if not in_tests(f[0])]
        near = [f for f in found if importer.startswith(_folder(f[0]))]
        return sorted(near or found, key=lambda f: is_alternative(f[0]))

    def _bytes(self, path: str) -> bytes:
        data = self.source.data(path)
        return data if len(data) <= _MOST_BYTES else b""

    def targets(self, name: str) -> list[tuple[str, Call]]:
        """Return the calls of something called *name* that settings ask for: ``_target_: package.Class``."""
        if self._targets is None:
            self._targets = defaultdict(list)
            for path in sorted(self.paths)[:_MOST_FILES]:
                if re.search(rb"_target_|class_path", self.source.data(path)[:_MOST_BYTES]) is not None:
                    for call in _targets(self.at(path)):
                        self._targets[call.last].append((path, call))
        return self._targets.get(name, [])

    @property
    def has_application(self) -> bool:
        """Whether the tree holds settings of an application."""
        return bool(self._applications)

    def application(self, keys: tuple[str, ...], importer: str) -> list[tuple[str, Entry]]:
        """Return where the settings of the application set *keys*: of several applications, the one of *importer*."""
        found: list[tuple[str, Entry]] = []
        for path in self._applications[:_MOST_READ]:
            entries = self._relaxed.get(path)
            if entries is None:
                entries = self._relaxed[path] = {_relaxed(e.keys): e for e in self.at(path).data.entries}
            if keys in entries:
                found.append((path, entries[keys]))
        shared = {path: len(posixpath.commonprefix([path, importer])) for path, _ in found}
        most = max(shared.values(), default=0)
        return [(path, entry) for path, entry in found if shared[path] == most]

    def guess(self, keys: tuple[str, ...]) -> tuple[str, Entry] | None:
        """Return the place where *keys* are set, when exactly one file of the tree has them."""
        if keys not in self._guesses:
            found = self._guess(keys) if len(self._guesses) < _MOST_KEYS else None
            self._guesses[keys] = found
        return self._guesses[keys]

    def _guess(self, keys: tuple[str, ...]) -> tuple[str, Entry] | None:
        if len(self.paths) > _MOST_FILES:
            return None
        word = re.compile(rb"(?<![\w-])" + re.escape(keys[-1].encode("utf-8", "replace")) + rb"(?![\w-])")
        likely = []
        for path in sorted(self.paths):
            if not (_UNLIKELY.search(path) or in_tests(path) or _ENV.search(path)):
                data = self.source.data(path)
                if len(data) <= _MOST_BYTES and word.search(data):
                    likely.append(path)
        found = []
        for path in likely if len(likely) <= _MOST_READ else ():
            entry = self.at(path).entries.get(keys)
            if entry is not None and isinstance(entry.value, str):
                found.append((path, entry))
        return found[0] if len(found) == 1 else None


def _folder(path: str) -> str:
    folder = posixpath.dirname(path)
    return f"{folder}/" if folder else ""


def _variables(data: Data) -> Iterator[tuple[str, Entry, str]]:
    """Yield the variables of the environment that *data* sets: all of an .env file, and those of compose services."""
    for entry in data.entries:
        if not isinstance(entry.value, str) or (data.format != "env" and "environment" not in entry.keys[-2:-1]):
            continue
        name, value = entry.keys[-1], entry.value
        if data.format != "env" and name.isdecimal() and (set_ := _VARIABLE.fullmatch(value)) is not None:
            name, value = set_[1], set_[2]
        if given := plain(value):
            yield name, entry, given


_SETS: Final = expression(rb"(?m)^[\s-]*(?:env|variables|env_variables|environment)\s*:")
_SET: Final = expression(r"([A-Za-z_]\w*)=(\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^\s\"'\\]+)")


def _of_image(data: bytes) -> Iterator[Entry]:
    """Yield the variables that ``ENV`` sets in a Dockerfile; what is made of other variables is not known."""
    for instruction in dockerfile.read(data[:_MOST_BYTES].decode("utf-8", "replace")):
        if instruction.name != "ENV" or instruction.onbuild:
            continue
        old = re.fullmatch(r"([A-Za-z_]\w*)\s+([^=\s]+)\s*", instruction.text)
        if old is not None:  # ENV NAME value
            yield Entry((old[1],), old[2], instruction.line, instruction.lines[0].column + old.start(2))
            continue
        for line in instruction.lines:
            for found in _SET.finditer(line.text):
                value = found[2].strip("\"'")
                if "$" not in value:
                    yield Entry((found[1],), value, line.number, line.column + found.start(2))


def _deployed(index: _Index) -> Iterator[tuple[str, Entry, str]]:
    """Yield the variables that manifests of Kubernetes and pipelines set: ``env: [{name, value}]``, ``{NAME: …}``."""
    for keys, entry in index.entries.items():
        if not isinstance(entry.value, str) or not (text := plain(entry.value)):
            continue
        if keys[-1] == "value" and "env" in keys[-3:-2]:
            named = index.entries.get((*keys[:-1], "name"))
            if named is not None and isinstance(named.value, str):
                yield named.value, entry, text
        elif set(keys[-2:-1]) & _HOLDERS and _VARIABLE_NAME.fullmatch(keys[-1]):
            yield keys[-1], entry, text


_HOLDERS: Final = frozenset({"env", "variables", "env_variables", "environment"})
_VARIABLE_NAME: Final = expression(r"[A-Z][A-Z\d_]*")


def _targets(index: _Index) -> Iterator[Call]:
    """Yield the calls that Hydra (``_target_``) and jsonargparse (``class_path``, ``init_args``) make of settings."""
    for keys, entry in index.entries.items():
        if keys[-1] not in {"_target_", "class_path"} or not isinstance(entry.value, str):
            continue
        inside = keys[:-1] if keys[-1] == "_target_" else (*keys[:-1], "init_args")
        given = [(k, index.entries.get((*inside, k))) for k in index.children.get(inside, ()) if k != "_target_"]
        keywords = tuple((k, _value(e)) for k, e in given if e is not None)
        root, *rest = entry.value.split(".")
        function: Value = Name(root, entry.line)
        for part in rest:
            function = Attribute(function, part)
        yield Call(entry.value, function, (), keywords, entry.line, entry.column, 0)


def _value(entry: Entry) -> Value:
    return Text(entry.value, entry.line, entry.column) if isinstance(entry.value, str) else Const(entry.value)


class _Index:
    """What one file says, ready to be looked up."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.entries: dict[tuple[str, ...], Entry] = {e.keys: e for e in data.entries}
        self.children: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
        """The keys in each container, with the line of the first value."""
        for entry in data.entries:
            for end in range(len(entry.keys) - 1, -1, -1):
                inside = self.children[entry.keys[:end]]
                if entry.keys[end] in inside:
                    break
                inside[entry.keys[end]] = entry.line


# -- values --------------------------------------------------------------------------------------


def child(f: Follower, owner: Cell, of: Settings, key: str) -> list[Cell]:
    """Return what stands at *key* in the settings *of*; nothing when they have no such key."""
    keys = (*of.keys, key)
    index = f.files.at(of.path)
    if keys not in index.entries and keys not in index.children and index.data.format in {"ini", "env"}:
        same = [k for k in index.children.get(of.keys, ()) if k.lower() == key.lower()]
        keys = (*of.keys, same[0]) if same else keys
    entry = index.entries.get(keys)
    if entry is not None:
        return [_leaf(owner, of.path, entry, index)]
    if keys in index.children:
        return [owner.of(Settings(of.path, keys))]
    return _composed(f, owner, of, key) if not of.keys else []


_REFERENCE: Final = expression(r"\$\{([A-Za-z_][\w.]*)\}")


def _interpolated(text: str, index: _Index, depth: int = 0) -> str:
    """Return *text* with the references of OmegaConf, ``${owner}``, to other strings of the same file filled in."""

    def value_of(found: re.Match[str]) -> str:
        entry = index.entries.get(tuple(found[1].split(".")))
        if entry is None or not isinstance(entry.value, str) or depth > _MOST_REFERENCES:
            return found[0]
        return _interpolated(entry.value, index, depth + 1)

    return _REFERENCE.sub(value_of, text) if len(text) <= LONGEST else text


def _leaf(owner: Cell, path: str, entry: Entry, index: _Index) -> Cell:
    form = index.data.format
    value: Value = Const(entry.value) if not isinstance(entry.value, str) else Text("", 0, 0)
    if isinstance(entry.value, str):
        written = entry.value.strip("\"'") if form == "ini" else entry.value
        text = plain(_interpolated(written, index) if form == "yaml" else written)
        value = Open("not-followed", f"the name is a template in {path}", setting=True)
        if text is not None:
            value = Text(text, entry.line, entry.column)
    return owner.at(value, path, 0, optional=is_alternative(path) and _EXAMPLE.search(path) is not None)


def _composed(f: Follower, owner: Cell, of: Settings, key: str) -> list[Cell]:
    """Return what Hydra puts at *key*: the file of that group which the list ``defaults`` picks."""
    index = f.files.at(of.path)
    for keys, entry in index.entries.items():
        if keys[0] == "defaults" and len(keys) == 3 and keys[2].split("@")[0] == key and isinstance(entry.value, str):  # noqa: PLR2004 - defaults, number, group
            for suffix in (".yaml", ".yml"):
                path = f"{_folder(of.path)}{key}/{entry.value}".removesuffix(suffix) + suffix
                if path in f.files.paths:
                    return [owner.of(Settings(path))]
    return []


def unfolded(f: Follower, owner: Cell) -> Cell:
    """Return settings as the dict or list that they are; another value as it is."""
    if not isinstance(owner.value, Settings):
        return owner
    of = owner.value
    inside = f.files.at(of.path).children.get(of.keys, {})
    inner = owner.at(owner.value, of.path, 0)
    pairs = [(k, line, c) for k, line in list(inside.items())[:WIDEST] for c in child(f, inner, of, k)[:1]]
    if pairs and all(k.isdecimal() for k, _, _ in pairs):
        return inner.of(Sequence(tuple(c.value for _, _, c in pairs)))
    return inner.of(Mapping(tuple((Text(k, line, 0), c.value) for k, line, c in pairs)))


def targets(f: Follower, name: str) -> list[tuple[str, Call]]:
    """Return the calls of something called *name* that settings of the tree ask for, and their files."""
    return f.files.targets(name)


def asked_of(owner: Cell, of: Value, key: str) -> Cell | None:
    """Return the guess that ``of[key]`` is a setting, where *of* is called so and is not known; else None."""
    match owner.value:
        case Guess(keys=keys, hole=hole):
            return owner.of(Guess((*keys, key), hole))
        case Open(code="supplied-by-caller" | "not-followed") as hole if words(_last(of)) & _CONFIG:
            return owner.of(Guess((key,), hole))
        case _:
            return None


def _last(value: Value) -> str:
    match value:
        case Name(name=name) | Attribute(name=name):
            return name
        case Call(function=function):
            return _last(function)
        case Item(key=Text(value=key)):
            return key
        case _:
            return ""


def settled(f: Follower, cell: Cell) -> Cell:
    """Return what a guess comes to: the text in the one file that has its keys, or why it is not known."""
    if not isinstance(cell.value, Guess):
        return cell
    guess = cell.value
    found = f.files.guess(guess.keys) if guess.keys else None
    text = plain(found[1].value) if found is not None and isinstance(found[1].value, str) else None
    if found is None or text is None:
        return cell.of(guess.hole)
    path, entry = found
    value = Text(text, entry.line, entry.column)
    return evolve(cell.at(value, path, 0, optional=is_alternative(path)), sure=False)


# -- the settings of an application --------------------------------------------------------------


def _relaxed(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return *keys* as Spring and .NET compare them: ``model-name`` and ``modelName`` are one."""
    return tuple(re.sub(r"[-_]", "", key).lower() for key in keys)


def configured(f: Follower, cell: Cell, key: Value | None, default: Value | None, depth: int) -> list[Cell]:
    """
    Return what the application's settings give for *key*: ``a.b.c``, ``A:B``, or Spring's ``${a.b:default}``.

    Where they say nothing, that is *default*; without one the name is open.
    """
    found: list[Cell] = []
    for text in f.strings(cell.of(key), depth + 1) if key is not None else ():
        if not isinstance(text.value, Text):
            continue
        placeholder = _PLACEHOLDER.fullmatch(text.value.value)
        name = placeholder[1] if placeholder is not None else text.value.value
        found += _application(f, cell, tuple(re.split(r"[.:]|__", name)))
        if placeholder is not None and placeholder[2] is not None:
            said = plain(placeholder[2]) or ""
            start = evolve(text.value, value=said)
            found.append(text.of(start, optional=any(not c.optional for c in found)))
        elif not found and default is None:
            found.append(cell.of(Open("not-followed", f"the name comes from the setting {name}", setting=True)))
    if default is not None:
        found += f.reduce(cell.of(default, optional=any(not c.optional for c in found)), depth + 1)
    return found


def _application(f: Follower, cell: Cell, keys: tuple[str, ...]) -> list[Cell]:
    """Return what stands at *keys* in the settings of the application that the code of *cell* is part of."""
    found = []
    for path, entry in f.files.application(_relaxed(keys), cell.path):
        text = plain(entry.value) if isinstance(entry.value, str) else None
        if text:
            place = Text(text, entry.line, entry.column)
            found.append(cell.at(place, path, 0, optional=_PROFILE.search(path) is not None))
    return sorted(found, key=lambda c: c.optional)


def keys_of(f: Follower, cell: Cell, value: Value, depth: int) -> tuple[str, ...] | None:
    """Return the keys that lead to *value* in the application's settings; None when it is not part of them."""
    match value:
        case Item(of=of, key=key):
            pass
        case Call(function=Attribute(of=of, name=name), arguments=(key, *_)) if name in _SECTIONS:
            pass
        case Name(name=name) | Attribute(name=name):
            if words(name) & _CONFIGURATIONS:
                return ()
            reduced = [c for c in f.reduce(cell.of(value), depth + 1) if isinstance(c.value, Call)]
            found = [keys_of(f, c, c.value, depth + 1) for c in reduced if depth < WIDEST]
            return found[0] if len(found) == 1 else None
        case _:
            return None
    outer = keys_of(f, cell, of, depth + 1) if depth < WIDEST else None
    if outer is None:
        return None
    texts = [c.value.value for c in f.strings(cell.of(key), depth + 1) if isinstance(c.value, Text)]
    return (*outer, *re.split(r"[.:]|__", texts[0])) if len(texts) == 1 else None


def asked(f: Follower, cell: Cell, value: Call | Item, depth: int) -> list[Cell] | None:
    """Return what ``configuration["A:B"]`` or ``environment.getProperty("a.b", default)`` gives; None for others."""
    if f.table(cell.path).code.language not in _APPLICATIONS:
        return None
    if isinstance(value, Call) and (not isinstance(value.function, Attribute) or value.function.name not in _ASKS):
        return None
    keys = keys_of(f, cell, value, depth)
    if not keys or (isinstance(value, Item) and not isinstance(value.key, Text)):
        return None
    default = value.argument(1, "defaultValue") if isinstance(value, Call) else None
    return configured(f, cell, Text(".".join(keys), 0, 0), default, depth)


def of_class(f: Follower, owner: Cell, path: str, scope: int, name: str) -> list[Cell]:
    """Return what the application's settings give to the field *name* of a class that is bound to a part of them."""
    if not f.files.has_application:
        return []
    table = f.table(path)
    title = table.code.scopes[scope].name.rpartition(".")[2]
    found: list[Cell] = []
    for prefix in _prefixes(f, path, scope):
        found += _application(f, owner, (*prefix, name))
    f.wanted.add(title)
    for last in _BINDS:
        for caller, call in f.calls_of(last):
            keys = _section(f, caller, call, title)
            found += _application(f, owner, (*keys, name)) if keys else []
    return found


def tagged(f: Follower, cell: Cell, key: str) -> list[Cell]:
    """
    Return what the settings of the tree say at the *key* of a tag of Go, below those of the structs around.

    A single key says too little: any file may have a ``model``.
    """
    found = [
        (keys, place)
        for keys in _tags_to(f, cell.path, cell.scope, (key,), 0)
        if len(keys) > 1 and (place := f.files.guess(keys)) is not None
    ]
    if len(found) != 1:
        return [cell.of(Open("supplied-by-caller", f"the name is what a file of settings has under {key}"))]
    path, entry = found[0][1]
    text = plain(entry.value) if isinstance(entry.value, str) else None
    if text is None:
        return [cell.of(Open("not-followed", f"the name is a template in {path}", setting=True))]
    return [cell.at(Text(text, entry.line, entry.column), path, 0, optional=is_alternative(path))]


def _tags_to(f: Follower, path: str, scope: int, keys: tuple[str, ...], depth: int) -> Iterator[tuple[str, ...]]:
    """Yield the keys that lead to a field of the struct *scope*: its own, and those of the structs that hold it."""
    yield keys
    table = f.table(path)
    title = table.code.scopes[scope].name
    for number, facts in enumerate(table.code.scopes) if depth < _MOST_REFERENCES else ():
        for binding in facts.bindings if facts.kind == "class" and number != scope else ():
            held = isinstance(binding.annotation, Name | Attribute) and binding.annotation.name == title
            tag = binding.value.argument(0) if held and isinstance(binding.value, Call) else None
            if isinstance(tag, Text):
                yield from _tags_to(f, path, number, (tag.value, *keys), depth + 1)


def _prefixes(f: Follower, path: str, scope: int, depth: int = 0) -> Iterator[tuple[str, ...]]:
    """Yield the keys that lead to the settings a class is bound to; a class within another by the field that has it."""
    table = f.table(path)
    facts = table.code.scopes[scope]
    for mark in facts.decorators:
        given = mark.argument(0, "prefix", "value") if isinstance(mark, Call) and mark.last in _BOUND else None
        for text in f.strings(Cell(given, path, scope), 1) if given is not None else ():
            if isinstance(text.value, Text):
                yield tuple(text.value.value.split("."))
    title = facts.name.rpartition(".")[2]
    outer = table.code.scopes[facts.parent]
    if outer.kind != "class" or depth > WIDEST:
        return
    held = [b.name for b in outer.bindings if isinstance(b.annotation, Name | Attribute) and b.annotation.name == title]
    for prefix in _prefixes(f, path, facts.parent, depth + 1) if held else ():
        yield from ((*prefix, name) for name in held)


def _section(f: Follower, path: str, call: Call, title: str) -> tuple[str, ...] | None:
    """Return the keys of the settings that *call* binds to the class *title*; None when it binds another, or none."""
    inner = call.function.of if isinstance(call.function, Attribute) else None
    kind = call.argument(None, "<>") or (inner.argument(None, "<>") if isinstance(inner, Call) else None)
    if not isinstance(kind, Name | Attribute) or kind.name != title:
        return None
    cell = Cell(call, path, call.scope)
    if call.last == "Get" and inner is not None:
        return keys_of(f, cell, inner, 1)
    given = call.argument(0)
    if call.last == "BindConfiguration" and given is not None:
        texts = [c.value.value for c in f.strings(cell.of(given), 1) if isinstance(c.value, Text)]
        return tuple(re.split(r"[.:]", texts[0])) if len(texts) == 1 else None
    return keys_of(f, cell, given, 1) if given is not None else None


# -- what reads them -----------------------------------------------------------------------------


def files_of(f: Follower, cell: Cell, value: Value, depth: int) -> list[Cell]:
    """Return the settings in the files that *value* names or has opened; guesses where it names none."""
    if isinstance(value, Call) and isinstance(value.function, Attribute) and value.function.name in _ABOVE:
        return files_of(f, cell, value.function.of, depth + 1)
    found: list[Cell] = []
    for reduced in f.reduce(cell.of(value), depth + 1):
        found += _file(f, cell, reduced, depth)
    return found


def _file(f: Follower, cell: Cell, reduced: Cell, depth: int) -> list[Cell]:
    texts: list[str] = []
    match reduced.value:
        case Text(value=text) | Content(name=text):
            texts = [text]
        case Open(tail=tail) if tail:
            texts = [tail]
        case Call(function=Attribute(of=of, name=name)) as call if name in _ABOVE and not call.arguments:
            return files_of(f, reduced, of, depth + 1)
        case Call(function=Name(name="open"), arguments=[first, *_]):
            return files_of(f, reduced, first, depth + 1)
        case Call(arguments=arguments) as call:
            ends = [a.value for a in arguments if isinstance(a, Text) and is_file_name(a.value)]
            if not ends and arguments and call.last == "open":
                return files_of(f, reduced, arguments[0], depth + 1)
            texts = ends[-1:]
        case _:
            pass
    paths = [p for t in texts if (p := f.files.find(t, reduced.path)) is not None]
    if paths:
        return [cell.of(Settings(p), optional=reduced.optional) for p in paths]
    hole = reduced.value if isinstance(reduced.value, Open) else None
    return [cell.of(Guess((), hole))] if hole is not None and not texts else []


def parser(f: Follower, cell: Cell, call: Call, depth: int) -> list[Cell]:
    """Return the settings in the files that a ``configparser`` which *call* makes is told to read."""
    found: list[Cell] = []
    for reader in f.table(cell.path).code.every_call:
        if reader.last == "read" and reader.callee.startswith(f"{call.callee}()") and reader.arguments:
            for option in f.reduce(Cell(reader.arguments[0], cell.path, reader.scope), depth + 1):
                parts = option.value.items if isinstance(option.value, Sequence) else (option.value,)
                for part in parts:
                    found += files_of(f, option.at(part, option.path, option.scope), part, depth + 1)
    return [evolve(cell, value=c.value) for c in found]


def hydra(f: Follower, cell: Cell, decorator: Call, depth: int) -> list[Cell]:
    """Return the settings that ``@hydra.main(config_path=…, config_name=…)`` gives to the function below it."""
    parts = []
    for position, name in ((0, "config_path"), (1, "config_name")):
        given = decorator.argument(position, name)
        texts = (
            [c.value.value for c in f.strings(cell.of(given), depth + 1) if isinstance(c.value, Text)] if given else []
        )
        parts.append(texts[0] if texts else "")
    name = parts[1].removesuffix(".yaml") or "config"
    found = f.files.find(posixpath.join(parts[0], f"{name}.yaml"), cell.path)
    return [cell.of(Settings(found))] if found is not None else []


def environment(f: Follower, cell: Cell, name: str) -> tuple[list[Cell], bool]:
    """Return what files of the tree set the variable *name* to, and whether one of them is no example."""
    found = [
        cell.at(Text(text, entry.line, entry.column), path, 0, optional=is_alternative(path) or _is_pipeline(path))
        for path, entry, text in f.files.environment(name, cell.path)
    ]
    if not found:
        from aibom.link.started import to_variable  # It reads settings itself.

        found = to_variable(f, cell, name)
    return found, any(not c.optional for c in found)


def _is_pipeline(path: str) -> bool:
    """Tell whether *path* says how the code is tested and built, and not how it runs."""
    return _PIPELINE.search(path) is not None


_PIPELINE: Final = expression(
    r"(?:^|/)\.(?:github|gitlab|circleci|buildkite|woodpecker)|azure-pipelines|bitbucket-pipelines|\.travis"
)
