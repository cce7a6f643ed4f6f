"""Walk a tree and hand out its files, each read once and parsed once."""

from __future__ import annotations

import codecs
import errno
import os
import posixpath
import re
import stat
import warnings
from collections import deque
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeAlias

from attrs import define, field

from aibom.bill import Coverage, Diagnostic, Level, Location, Skip
from aibom.errors import AibomError, TargetError
from aibom.expressions import expression
from aibom.syntax import Code, Data, Problem, Scope
from aibom.weights import SUFFIXES

if TYPE_CHECKING:
    import builtins
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["CODE_SUFFIXES", "DEFAULT_EXCLUDES", "LIMIT", "File", "Tree", "walk"]

LIMIT: Final = 10 * 1024 * 1024
"""The most bytes of a file that is read whole, unless the caller says otherwise."""

DEFAULT_EXCLUDES: Final[tuple[str, ...]] = (
    ".git/",  # The history and its objects, not the code.
    ".hg/",
    ".svn/",
    ".jj/",
    ".venv/",  # Installed packages. Other names are told by their content, see _INSTALLED.
    "node_modules/",
    "bower_components/",
    "site-packages/",
    "__pypackages__/",  # PEP 582
    ".eggs/",  # What setup.py once fetched to build.
    "__pycache__/",  # Compiled from the sources that we read.
    ".tox/",  # Environments of test runners.
    ".nox/",
    ".mypy_cache/",  # Caches of tools: thousands of JSON files that say nothing of their own.
    ".ruff_cache/",
    ".pytest_cache/",
    ".hypothesis/",
    ".ipynb_checkpoints/",  # Copies of notebooks that we read.
)
"""
The folders that are not entered, at any depth, as patterns of ``.gitignore``'s form.

A folder that holds ``pyvenv.cfg`` or ``conda-meta`` is an environment with installed packages, whatever its name, and
is not entered either. Each one that is met is a `Skip`. A negated pattern (``exclude=["!node_modules/"]``, or a line in
``.aibomignore``) opens it; the folder that is the root of the walk is always entered.
"""

_EXCLUDED: Final = frozenset(pattern.rstrip("/") for pattern in DEFAULT_EXCLUDES)
_INSTALLED: Final = {"pyvenv.cfg": "file", "conda-meta": "folder"}
_HUB: Final = ("models--", "datasets--", "spaces--")
"""How the folders of a Hugging Face cache begin, one for each repository."""

_ENTRIES: Final = 20_000
"""How many entries of a folder that git ignores are looked through for model files and the like."""
_IGNORE_LIMIT: Final = 128 * 1024
"""The most bytes of an ignore file; the longest that people write are a tenth of it."""
_PATTERNS: Final = 2000
"""How many patterns, of all the ignore files one within another, a path is matched with."""
_FILE: Final = 30
"""How many patterns an ignore file costs as such."""
_TOGETHER: Final = 200
"""How many patterns re2 matches at once: thousands are more than the memory that it allows itself."""
_STARS: Final = 5
"""The most repetitions in a pattern, without re2: each one multiplies the time that a hostile name can take."""
_SHORT: Final = 1000
"""Shorter paths go to the system as they are: at 4 bytes a character they stay below Linux's PATH_MAX of 4096."""
_LONGEST: Final = 32 * 1024
"""Longer paths are not entered: the time to walk a chain of folders is quadratic in its length."""
_HEAD: Final = 128
_CHAINED: Final = os.open in os.supports_dir_fd and os.scandir in os.supports_fd

# O_NONBLOCK: a FIFO that took the place of a file cannot hang us. O_NOFOLLOW: a link that did cannot lead us out.
_SAFE: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_READ: Final = _SAFE | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
_ENTER: Final = _SAFE | getattr(os, "O_DIRECTORY", 0)

_Kind: TypeAlias = "tuple[str | None, str | None]"
"""A language and a format."""

_KINDS: Final[dict[str, _Kind]] = {
    ".py": ("python", None),
    ".pyw": ("python", None),
    # No .pyi: a stub runs nothing, and repeats what its module says.
    ".ipynb": ("notebook", None),
    **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx"), ("javascript", None)),
    **dict.fromkeys((".ts", ".mts", ".cts"), ("typescript", None)),
    ".tsx": ("tsx", None),
    **dict.fromkeys((".vue", ".svelte"), ("component", None)),
    ".java": ("java", None),
    **dict.fromkeys((".kt", ".kts"), ("kotlin", None)),
    ".go": ("go", None),
    ".rs": ("rust", None),
    ".cs": ("csharp", None),
    ".php": ("php", None),
    ".json": (None, "json"),
    ".jsonc": (None, "json"),  # The reader takes comments.
    ".yaml": (None, "yaml"),
    ".yml": (None, "yaml"),
    ".toml": (None, "toml"),
    ".ini": (None, "ini"),
    ".cfg": (None, "ini"),
    ".properties": (None, "properties"),
    ".env": (None, "env"),
    ".dvc": (None, "yaml"),
    **dict.fromkeys(SUFFIXES, (None, None)),
}
CODE_SUFFIXES: Final = tuple(suffix for suffix, (language, _) in _KINDS.items() if language is not None)
"""How the names of files of source code end."""
_NAMES: Final[dict[str, _Kind]] = {
    "MLmodel": (None, "yaml"),
    "poetry.lock": (None, "toml"),
    "uv.lock": (None, "toml"),
    "pdm.lock": (None, "toml"),
    "Cargo.lock": (None, "toml"),
    "pixi.lock": (None, "yaml"),
    "pubspec.lock": (None, "yaml"),
    **dict.fromkeys(("bun.lock", "composer.lock", "deno.lock", "renv.lock"), (None, "json")),
    "Pipfile": (None, "toml"),
    "Pipfile.lock": (None, "json"),
}
_LOCAL: Final = expression(r"\.env(?:\..+)?|.+\.env|\.mcp\.json|.+\.local\.(?:ya?ml|toml|json)", re.DOTALL)
"""Settings that git often ignores, and that decide which model runs."""
_TEMPLATE: Final = expression(r"^[ \t]*(?:- )?(?:\{\{|\{%)", re.MULTILINE)
"""A line of a template of Helm, Go or Jinja, where YAML has keys."""
_SHEBANG: Final = expression(rb"#![^\n]*(?:\bpython|\bpypy|\buv[ \t]+run\b)")
_SHELL: Final = expression(rb"#![^\n]*\b(?:ba|z|k|da)?sh\b")

_BOMS: Final = (  # The longer ones first: that of UTF-16 is how that of UTF-32 begins.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COOKIE: Final = expression(  # PEP 263: in the first line, or in the second after a comment or nothing
    rb"(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n?|\n))??[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)"
)
_CONTROL: Final = bytes({*range(9), *range(14, 27), *range(28, 32), 127})
_CONTROL_SHARE: Final = 20
"""A file that is not UTF-8 is text when fewer than one in so many of its first bytes are control characters."""

_READERS: Final = {
    "python": "aibom.syntax.python:read",
    "notebook": "aibom.syntax.notebook:read",
    "javascript": "aibom.syntax.javascript:read",
    "minified": "aibom.syntax.javascript:read_minified",
    "typescript": "aibom.syntax.typescript:read",
    "tsx": "aibom.syntax.typescript:read_tsx",
    "component": "aibom.syntax.typescript:read_component",
    "declarations": "aibom.syntax.typescript:read_declarations",
    **{name: f"aibom.syntax.{name}:read" for name in ("java", "kotlin", "go", "rust", "csharp", "php")},
}
_TWICE: Final = expression(r"\.(?:(?P<declarations>d\.[cm]?ts)|(?P<minified>min\.[cm]?js))$", re.IGNORECASE)
"""Suffixes of two parts: files of declarations, and those that a machine made of others."""


def walk(
    root: str | os.PathLike[str],
    *,
    exclude: Sequence[str] = (),
    ignore: bool = True,
    limit: int = LIMIT,
    wanted: Callable[[str], bool] = lambda _name: False,
) -> Tree:
    r"""
    Return the tree at *root*, a folder or a single file. Nothing but *root* itself is looked at before it is iterated.

    *exclude* are patterns of ``.gitignore``'s form, relative to the root. What they say is final: a negated one
    (``!build/``) opens what git ignores or what is excluded by default. *ignore* switches ``.gitignore``,
    ``.git/info/exclude`` and ``.aibomignore`` on; what lies above the root is not asked. *limit* is the most bytes of a
    file that is read whole. *wanted* tells by its name that a file is handed out though there is no reader for its
    kind. A single file is handed out whatever its kind, and whatever is excluded.

    `TargetError` when there is nothing; `AibomError` for a pattern that git would not take.

    >>> import pathlib
    >>> _ = pathlib.Path("app.py").write_text("import openai\n")
    >>> [(file.path, file.language, file.text) for file in walk(".") if file.name == "app.py"]
    [('app.py', 'python', 'import openai\n')]
    >>> walk("nowhere")
    Traceback (most recent call last):
    aibom.errors.TargetError: nothing to scan at 'nowhere'

    .. versionadded:: 26.1.0
    """
    given = os.fsdecode(root)
    try:
        real = os.path.realpath(given, strict=True)
        mode = os.lstat(real).st_mode
    except (OSError, ValueError):  # ValueError: a NUL in the path.
        raise TargetError(f"nothing to scan at {given!r}") from None
    if stat.S_ISDIR(mode):
        return Tree(_Walk(_with_slash(_posix(real)), exclude=exclude, ignore=ignore, limit=limit, wanted=wanted))
    if stat.S_ISREG(mode):
        folder, target = os.path.split(real)
        only = (os.path.split(os.path.normpath(given))[1], target)
        return Tree(
            _Walk(_with_slash(_posix(folder)), exclude=exclude, ignore=ignore, limit=limit, wanted=wanted, only=only)
        )
    raise TargetError(f"nothing to scan at {given!r}: it is neither a file nor a folder")


class Tree:
    """
    The files of a folder, in an order that depends on their names alone: the files of a folder first, then its folders.

    Symbolic links are not followed. One that leads to a file or a folder of the tree is passed over in silence, because
    that is met under its own name. In a Hugging Face cache it is the other way round: its files are handed out as
    ``snapshots/<commit>/<name>``, each once, and read from the ``blobs`` that these link to, which are passed over.

    Model files, Hugging Face caches and local settings such as ``.env`` are handed out even when git ignores them, and
    say so (`File.ignored`); what ``.aibomignore`` or the caller excludes never is. A folder that git ignores is looked
    through for them level by level, until 20,000 entries have been seen.
    """

    __slots__ = ("_walk",)

    def __init__(self, walk: _Walk) -> None:
        self._walk = walk

    def __iter__(self) -> Iterator[File]:
        return self._walk.files()

    @property
    def coverage(self) -> Coverage:
        """How much of the tree was looked at so far: all of it, once it was iterated and its files were read."""
        return self._walk.tally.coverage()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What went wrong so far, with the tree or with one of its files."""
        return tuple(sorted(self._walk.tally.diagnostics, key=lambda d: d.order))

    def file(self, path: str) -> File | None:
        """
        Return the file at *path*, relative to the root; None when it is none of the tree's.

        A file of a kind without a reader is one of the tree's; what is ignored or excluded is not. A link to a file of
        the tree gives that file.
        """
        return self._walk.file(path)


@define(eq=False)
class File:
    """
    A file of a `Tree`. Its views are made when they are asked for, are kept until `release`, and never raise.

    What goes wrong is a diagnostic of the file and of its tree, once, however often it is asked.
    """

    path: str
    """POSIX, relative to the root. Bytes that are no UTF-8 are held as `os.fsdecode` does."""
    language: str | None
    """``python``, ``notebook``, ``javascript``, ``typescript``, ``tsx``, ``component`` (Vue, Svelte),
    ``java``, ``kotlin``, ``go``, ``rust``, ``csharp``, ``php``, or None."""
    format: str | None
    """``json``, ``yaml``, ``toml``, ``ini``, ``properties``, ``env``, or None."""
    ignored: bool
    """Git ignores it, and it is read all the same."""
    _target: str = field(repr=False)
    """What is opened: the path, or the blob that a snapshot of a Hugging Face cache links to."""
    _walk: _Walk = field(repr=False)
    _size: int = field(default=-1, init=False, repr=False)
    _failed: bool = field(default=False, init=False, repr=False)
    _bytes: builtins.bytes | None = field(default=None, init=False, repr=False)
    _text: str | None = field(default=None, init=False, repr=False)
    _code: Code | None = field(default=None, init=False, repr=False)
    _data: Data | None = field(default=None, init=False, repr=False)
    _diagnostics: tuple[Diagnostic, ...] = field(default=(), init=False, repr=False)

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path[self.path.rfind("/") + 1 :]

    @property
    def size(self) -> int:
        """In bytes; 0 when it cannot be told."""
        if self._size < 0:
            self._open(0)
        return max(self._size, 0)

    def head(self, n: int) -> builtins.bytes:
        """Return the first *n* bytes, also of a file over the limit; none when it cannot be read."""
        if self._bytes:
            return self._bytes[:n]
        data = self._open(n) or b""
        if data:
            self._walk.tally.read.add(self.path)
        return data

    @property
    def bytes(self) -> builtins.bytes:
        """The content; empty when the file is over the limit or cannot be read."""
        if self._bytes is None:
            data = self._open(None)
            if data is None:
                self._failed = True
            else:
                self._walk.tally.read.add(self.path)
            self._bytes = data or b""
        return self._bytes

    @property
    def text(self) -> str:
        r"""
        The content as text, each line ending in ``\n``; empty when it is binary.

        In the encoding that its byte order mark or, in Python, its PEP 263 comment says; else UTF-8; else Latin-1, with
        a diagnostic.
        """
        if self._text is None:
            text, problem = _decoded(self.bytes, declares=self.language == "python")
            if problem:
                self._report(problem.code, problem.message)
            if text is None:
                self._failed = True
                self._walk.tally.skips.add(Skip(self.path, "not-text"))
            self._text = text or ""
        return self._text

    @property
    def code(self) -> Code:
        """The facts of the source; empty when the file is none."""
        if self._code is None:
            self._code = self._read_code()
        return self._code

    @property
    def data(self) -> Data:
        """The values of the settings; empty when the file holds none."""
        if self._data is None:
            self._data = self._read_data()
        return self._data

    def stream(self) -> BinaryIO:
        """
        Open the content for reading in any order, whatever its size; the caller closes it.

        An empty stream when it cannot be opened.
        """
        try:
            descriptor = _open(self._walk.base, self._target, _READ)
        except OSError as error:
            self._report("unreadable", f"it could not be read: {error.strerror}", skip=True)
            return BytesIO()
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            os.close(descriptor)
            self._report("not-a-file", "it is no longer a file", skip=True)
            return BytesIO()
        self._size = status.st_size
        self._walk.tally.read.add(self.path)
        return os.fdopen(descriptor, "rb")

    def names(self, folder: str = "") -> tuple[str, ...]:
        """
        Return the names of what lies in this file's folder, or in *folder* within it, sorted; folders end in a slash.

        What is ignored or excluded is among them: `sibling` tells. Empty when there is no such folder.
        """
        above = posixpath.dirname(self.path)
        return self._walk.names(posixpath.normpath(posixpath.join(above, folder)) if folder else above)

    def sibling(self, name: str) -> File | None:
        """
        Return the file of the tree that *name* means in this file's folder; None when there is none.

        *name* may lead to other folders (``../base.txt``), but not out of the root.
        """
        return self._walk.file(f"{posixpath.dirname(self.path)}/{name}".lstrip("/")) if name[:1] != "/" else None

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What went wrong with this file so far, in the order in which it did."""
        return self._diagnostics

    def release(self, *, keep_facts: bool = False) -> None:
        """
        Drop what is held of the content; it is read again when it is asked for again.

        With *keep_facts*, `code` and `data` stay.
        """
        self._bytes = self._text = None
        self._failed = False
        if not keep_facts:
            self._code = self._data = None

    def at(self, line: int, column: int = 0) -> Location:
        """Return the place at *line*, with the cell when this is a notebook."""
        return Location(self.path, line, column, self.code.cell_of(line) if self.language == "notebook" else 0)

    def _read_code(self) -> Code:
        if self.language is None:
            return Code("")
        empty = Code(self.language, (Scope("module", "", -1, 1),))
        text = self.text
        if self._failed:
            return empty
        try:
            module, _, reader = _READERS[self.language].partition(":")
            code: Code = getattr(import_module(module), reader)(text)
        except Exception as error:  # noqa: BLE001 - a fault of ours must not cost the rest of the scan
            self._fault(error)
            return empty
        self._walk.tally.parsed.add(self.path)
        for problem in code.problems:
            self._report(problem.code, problem.message, problem.line, code.cell_of(problem.line))
        return code

    def _read_data(self) -> Data:
        if self.format is None:
            return Data("")
        text = self.text
        if self._failed:
            return Data(self.format)
        try:
            data: Data = import_module("aibom.syntax.structured").read(text, self.format)
        except Exception as error:  # noqa: BLE001 - as above
            self._fault(error)
            return Data(self.format)
        self._walk.tally.parsed.add(self.path)
        template = self.format == "yaml" and _TEMPLATE.search(text) is not None
        for problem in data.problems:
            if not (template and problem.code == "syntax-error"):  # It becomes YAML when it is filled in.
                self._report(problem.code, problem.message, problem.line)
        return data

    def _open(self, n: int | None) -> builtins.bytes | None:
        """Return the first *n* bytes, or all when *n* is None and the limit allows; None when that failed."""
        limit = self._walk.limit
        try:
            descriptor = _open(self._walk.base, self._target, _READ)
            try:
                status = os.fstat(descriptor)
                if not stat.S_ISREG(status.st_mode):
                    self._report("not-a-file", "it is no longer a file", skip=True)
                    return None
                self._size = status.st_size
                if n is not None:
                    return _slurp(descriptor, n, n)
                data = _slurp(descriptor, self._size + 1, limit + 1) if self._size <= limit else None
            finally:
                os.close(descriptor)
        except OSError as error:
            self._report("unreadable", f"it could not be read: {error.strerror}", skip=True)
            return None
        if data is not None and len(data) <= limit:
            return data
        if posixpath.splitext(self.name)[1].lower() not in SUFFIXES:  # Of those, the head is what we want.
            size = max(self._size, len(data or b""))
            self._report("too-large", f"it has {size:,} bytes, more than the limit of {limit:,}", skip=True)
        return None

    def _fault(self, error: Exception) -> None:
        if isinstance(error, RecursionError):
            self._report("too-deep", "its reader ran out of stack")
        else:
            self._report("syntax-error", f"its reader failed: {type(error).__name__}", level=Level.ERROR)

    def _report(
        self, code: str, message: str, line: int = 0, cell: int = 0, *, skip: bool = False, level: Level | None = None
    ) -> None:
        at = Location(self.path, line, 0, cell)
        found = Diagnostic(code, message, at) if level is None else Diagnostic(code, message, at, level)
        if found not in self._diagnostics:
            self._diagnostics += (found,)
            self._walk.tally.diagnostics.add(found)
        if skip:
            self._walk.tally.skips.add(Skip(self.path, code))


# -- the walk ------------------------------------------------------------------------------------


class _Tally:
    """What a walk met."""

    __slots__ = ("diagnostics", "ignored_but_read", "parsed", "read", "seen", "skips", "unhandled")

    def __init__(self) -> None:
        self.seen = 0
        self.unhandled = 0
        self.read: set[str] = set()
        self.parsed: set[str] = set()
        self.skips: set[Skip] = set()
        self.ignored_but_read: set[str] = set()
        self.diagnostics: set[Diagnostic] = set()

    def coverage(self) -> Coverage:
        return Coverage(
            seen=self.seen,
            read=len(self.read),
            parsed=len(self.parsed),
            unhandled=self.unhandled,
            skips=tuple(self.skips),
            ignored_but_read=tuple(self.ignored_but_read),
        )

    def skip(self, path: str, reason: str, message: str = "") -> None:
        self.skips.add(Skip(path, reason))
        if message:
            self.diagnostics.add(Diagnostic(reason, message, Location(path)))


@define(eq=False)
class _Layer:
    """The patterns of one ignore file, and those of the folders above it."""

    rules: _Rules
    start: int
    """Where the path relative to the ignore file's folder begins."""
    above: _Layer | None
    cost: int


@define(eq=False)
class _Folder:
    """A folder that the walk may enter."""

    path: str
    """With a slash at the end; empty for the root."""
    git: _Layer | None
    own: _Layer | None
    """Those of ``.aibomignore``."""
    ignored: bool
    hub: str | None
    """The folder of the repository in a Hugging Face cache that this one is in; None elsewhere."""
    count: int = -1
    """How many entries it has; -1 until it was listed."""


class _Walk:
    """What a tree and its files share."""

    def __init__(
        self,
        base: str,
        *,
        exclude: Sequence[str],
        ignore: bool,
        limit: int,
        wanted: Callable[[str], bool],
        only: tuple[str, str] | None = None,
    ) -> None:
        self.base = base  # The real root with a slash at the end. It never leaves this module.
        self.limit = limit
        self.tally = _Tally()
        self._exclude = _Layer(_Rules(exclude, strict=True), 0, None, 0) if exclude else None
        self._ignore = ignore
        self._wanted = wanted
        self._only = only
        self._last: tuple[str, tuple[str, ...]] | None = None
        self._folders: dict[str, _Folder] = {"": _Folder("", git=None, own=None, ignored=False, hub=None)}

    def files(self) -> Iterator[File]:
        tally = self.tally
        tally.seen = tally.unhandled = 0
        if self._only:
            tally.seen = 1
            yield self._single(*self._only)
            return
        stack = [self._folders[""]]
        while stack:
            folder = stack.pop()
            if folder.ignored:
                yield from self._ignored_files(folder)
                continue
            names, folders = self._look(folder, tally)
            for name, target in names:
                file = self._accept(folder, name, target, tally)
                if file is not None:
                    yield file
            stack.extend(reversed(folders))

    def file(self, path: str) -> File | None:
        path = posixpath.normpath(path)
        if path[:1] == "/" or path == ".." or path[:3] == "../" or "\0" in path:
            return None
        if self._only:
            return self._single(*self._only) if path == self._only[0] else None
        above, _, name = path.rpartition("/")
        folder = self._folder(f"{above}/" if above else "")
        if folder is None or path == ".":
            return None
        try:
            mode = self._mode(path)
        except (OSError, ValueError):  # ValueError: a name that the system cannot have.
            return None
        if stat.S_ISREG(mode):
            return self._accept(folder, name, path, _Tally(), asked=True)
        if not stat.S_ISLNK(mode):
            return None
        target = self._follow(folder, path, _Tally())
        if target is None:
            return None
        if _is_blob(folder, target):
            return self._accept(folder, name, target, _Tally(), asked=True)
        return self.file(target)

    def names(self, folder: str) -> tuple[str, ...]:
        """Return what lies in *folder*; the last answer is kept, as the files of one folder ask one after another."""
        path = "" if folder in {"", "."} else f"{folder}/"
        if self._last is None or self._last[0] != path:
            kinds: dict[str, str] = {}
            if self._only:
                kinds = {self._only[0]: "file"} if not path else {}
            elif path[:1] != "/" and "\0" not in path and self._folder(path) is not None:
                with suppress(OSError):
                    kinds = _listed(self.base, path)
            self._last = (path, tuple(sorted(name + "/" * (kind == "folder") for name, kind in kinds.items())))
        return self._last[1]

    def _single(self, name: str, target: str) -> File:
        language, format_ = self._kind(name) or (None, None)
        if (language, format_) == (None, None) and "." not in name:
            language, format_ = self._script(target) or (None, None)
        return File(name, language, format_, ignored=False, target=target, walk=self)

    def _folder(self, path: str) -> _Folder | None:
        """Return the folder at *path* when the walk enters it, has entered it or not."""
        end = 0
        while (found := self._folders.get(path[:end])) is not None:
            if found.count < 0:
                self._look(found, _Tally())
            if end == len(path):
                return found if path in self._folders else None
            end = path.index("/", end) + 1
        return None

    def _ignored_files(self, folder: _Folder) -> list[File]:
        """Return what a folder that git ignores holds of model files and the like."""
        found: list[File] = []
        quiet = _Tally()  # The folder is listed as ignored; what it holds needs no further word.
        waiting, budget = deque([folder]), _ENTRIES
        while waiting and budget > 0:
            folder = waiting.popleft()
            names, folders = self._look(folder, quiet)
            for name, target in names[:budget]:
                file = self._accept(folder, name, target, quiet)
                if file is not None:
                    found.append(file)
            waiting.extend(folders)
            budget -= folder.count
        found.sort(key=lambda f: f.path)
        self.tally.seen += len(found)
        self.tally.ignored_but_read.update(f.path for f in found if f.ignored)
        return found

    def _look(self, folder: _Folder, tally: _Tally) -> tuple[list[tuple[str, str]], list[_Folder]]:
        """List *folder*: its files, each with what to open for it, and the folders to enter, all sorted by name."""
        path = folder.path
        names: list[tuple[str, str]] = []
        folders: list[_Folder] = []
        try:
            kinds = _listed(self.base, path)
        except OSError as error:
            folder.count = 0
            tally.skip(path or ".", "unreadable", f"it could not be listed: {error.strerror}")
            return names, folders
        if path and self._is_installed(folder, kinds):
            folder.count = 0
            self._folders.pop(path, None)
            tally.skip(path, "excluded-by-default")
            return names, folders
        if folder.count < 0:
            self._take_rules(folder, kinds)
        folder.count = len(kinds)
        for name in sorted(kinds):
            kind = kinds[name]
            target: str | None = path + name
            if kind == "folder":
                inner = self._enter(folder, name, tally)
                if inner is not None:
                    folders.append(inner)
                continue
            if kind != "file":
                target = self._special(folder, name, kind, tally)
            if target is not None:
                names.append((name, target))
        return names, folders

    def _is_installed(self, folder: _Folder, kinds: dict[str, str]) -> bool:
        marked = any(kinds.get(name) == kind for name, kind in _INSTALLED.items())
        return marked and self._said(folder, folder.path) is not False

    def _take_rules(self, folder: _Folder, kinds: dict[str, str]) -> None:
        path = folder.path
        if posixpath.basename((path or self.base)[:-1]).startswith(_HUB) and kinds.get("snapshots") == "folder":
            folder.hub = path
        if not self._ignore:
            return
        if not path and kinds.get(".git") == "folder":
            folder.git = self._layer("", ".git/info/exclude", None, optional=True)
        if kinds.get(".gitignore") == "file":
            folder.git = self._layer(path, ".gitignore", folder.git)
        if kinds.get(".aibomignore") == "file":
            folder.own = self._layer(path, ".aibomignore", folder.own)

    def _layer(self, folder: str, name: str, above: _Layer | None, *, optional: bool = False) -> _Layer | None:
        """Return the patterns of an ignore file on top of those *above*; these alone when it cannot be read."""
        path = folder + name
        try:
            content = _content(self.base, path, _IGNORE_LIMIT + 1)
        except OSError as error:
            if not optional:
                self.tally.skip(path, "unreadable", f"nothing is ignored by it: {error.strerror}")
            return above
        if len(content) > _IGNORE_LIMIT:
            self.tally.skip(path, "too-large", f"nothing is ignored by it: more than {_IGNORE_LIMIT:,} bytes")
            return above
        lines = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").split("\n")
        rules = _Rules(lines)
        cost = len(rules) + _FILE + (above.cost if above is not None else 0)
        if cost > _PATTERNS:
            self.tally.skip(
                path, "too-large", "nothing is ignored by it: with those above it, it has too many patterns"
            )
            return above
        return _Layer(rules, len(folder), above, cost)

    def _enter(self, folder: _Folder, name: str, tally: _Tally) -> _Folder | None:
        """Return the folder *name* within *folder* when it is to be entered."""
        path = f"{folder.path}{name}/"
        if folder.hub == folder.path and name in {"blobs", ".no_exist"}:
            return None  # The snapshots hand the blobs out, under their names; the other holds empty files.
        said = self._said(folder, path)
        if said is None and name in _EXCLUDED:
            tally.skip(path, "excluded-by-default")
            return None
        if said:
            tally.skip(path, "excluded")
            return None
        ignored = said is None and (folder.ignored or bool(_verdict(folder.git, path)))
        if ignored:
            tally.skip(path, "ignored")
        known = self._folders.get(path)
        if known is None:
            known = self._folders[path] = _Folder(path, folder.git, folder.own, ignored=ignored, hub=folder.hub)
        return known

    def _accept(self, folder: _Folder, name: str, target: str, tally: _Tally, *, asked: bool = False) -> File | None:
        """Return the file *name* of *folder* when it is to be handed out; *asked*: whatever its kind."""
        path = folder.path + name
        tally.seen += 1
        kind = self._kind(name)
        if kind is None and "." not in name and not self._reason(folder, path):
            kind = self._script(target)
        if kind is None and (asked or (folder.hub is not None and path.startswith(f"{folder.hub}refs/"))):
            kind = (None, None)
        if kind is None:
            tally.unhandled += 1
            return None
        reason = self._reason(folder, path)
        ignored = reason == "ignored"
        if reason == "excluded" or (ignored and folder.hub is None and not _is_precious(name)):
            tally.skip(path, reason)
            return None
        if ignored:
            tally.ignored_but_read.add(path)
        return File(path, kind[0], kind[1], ignored, target, self)

    def _kind(self, name: str) -> _Kind | None:
        """Return the language and the format by *name*; None when there is no reader and nobody wants it."""
        dot = name.rfind(".")
        if dot >= 0:
            twice = _TWICE.search(name)
            kind = (twice.lastgroup, None) if twice is not None else _KINDS.get(name[dot:])
            if kind is not None:
                return kind
        kind = _NAMES.get(name) or (_KINDS.get(name[dot:].lower()) if dot >= 0 else None)
        if kind is None and name.startswith(".env."):
            return (None, "env")
        return (None, None) if kind is None and self._wanted(name) else kind

    def _script(self, target: str) -> _Kind | None:
        """Return the kind of a script that its first line tells; None when it tells none that is read."""
        try:
            head = _content(self.base, target, _HEAD)
        except OSError:
            return None
        if _SHEBANG.match(head) is not None:
            return ("python", None)
        return (None, None) if _SHELL.match(head) is not None else None

    def _said(self, folder: _Folder, path: str) -> bool | None:
        """Return whether the user excludes *path* (True), wants it (False), or does not say (None)."""
        said = _verdict(self._exclude, path)
        return _verdict(folder.own, path) if said is None else said

    def _reason(self, folder: _Folder, path: str) -> str:
        """Return why *path* is not to be handed out: ``excluded``, ``ignored``, or empty when it is."""
        said = self._said(folder, path)
        if said is not None:
            return "excluded" if said else ""
        return "ignored" if folder.ignored or _verdict(folder.git, path) else ""

    def _special(self, folder: _Folder, name: str, kind: str, tally: _Tally) -> str | None:
        """Return the blob that a link in a Hugging Face cache leads to; None for all else that is no file or folder."""
        path = folder.path + name
        reason = self._reason(folder, path)
        if reason == "excluded" or (reason == "ignored" and folder.hub is None):
            tally.skip(path, reason)
            return None
        if kind == "other":
            tally.skip(path, "not-a-file", "it is a FIFO, a socket or a device")
            return None
        target = self._follow(folder, path, tally)
        return target if target is not None and _is_blob(folder, target) else None

    def _follow(self, folder: _Folder, path: str, tally: _Tally) -> str | None:
        """Return the file of the tree that a link leads to, relative to the root; None when it leads elsewhere."""
        try:
            target = _posix(os.path.realpath(self.base + path, strict=True))
            mode = os.lstat(target).st_mode
        except OSError as error:
            if error.errno in {errno.ENOENT, errno.ELOOP, errno.ENOTDIR}:
                tally.skip(path, "broken-link", "the link leads nowhere")
            else:
                tally.skip(path, "unreadable", f"the link could not be followed: {error.strerror}")
            return None
        if not _with_slash(target).startswith(self.base):
            tally.skip(path, "outside-root", "the link leads out of the scanned folder")
        elif (self.base + folder.path).startswith(_with_slash(target)):
            tally.skip(path, "broken-link", "the link leads back to a folder that it is in")
        elif stat.S_ISREG(mode):
            return target[len(self.base) :]
        return None

    def _mode(self, path: str) -> int:
        above, _, name = path.rpartition("/")
        if len(path) < _SHORT or not _CHAINED:
            return os.lstat(self.base + path).st_mode
        descriptor = _open(self.base, above, _ENTER)
        try:
            return os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode
        finally:
            os.close(descriptor)


def _posix(path: str) -> str:
    return path.replace(os.sep, "/")


def _with_slash(folder: str) -> str:
    return folder if folder.endswith("/") else f"{folder}/"


def _is_blob(folder: _Folder, target: str) -> bool:
    return folder.hub is not None and target.startswith(f"{folder.hub}blobs/")


def _is_precious(name: str) -> bool:
    """Tell whether a file of this *name* is read even when git ignores it."""
    return posixpath.splitext(name)[1].lower() in SUFFIXES or _LOCAL.fullmatch(name) is not None


# -- ignore files --------------------------------------------------------------------------------


def _verdict(layer: _Layer | None, path: str) -> bool | None:
    """Return what the innermost ignore file that says something says of *path*; None when none does."""
    while layer is not None:
        said = layer.rules.match(path[layer.start :])
        if said is not None:
            return said
        layer = layer.above
    return None


class _Rules:
    """
    The patterns of an ignore file.

    The last one that matches decides, as in git, and it has to match the path itself: what a pattern says of a folder
    is asked when the walk comes to the folder. pathspec translates each pattern; its own matching of many
    (`GitIgnoreSpec`) is made for the paths of files alone, and takes ``*`` with ``!*/`` to ignore folders.
    """

    __slots__ = ("_ignores", "_last")

    def __init__(self, lines: Iterable[str], *, strict: bool = False) -> None:
        patterns: dict[str, bool] = {}
        for pattern, ignores in _translated(lines, strict=strict):
            patterns.pop(pattern, None)  # Of equal patterns the last one counts.
            patterns[pattern] = ignores
        self._ignores = list(patterns.values())
        self._last = _matcher(list(patterns))

    def __len__(self) -> int:
        return len(self._ignores)

    def match(self, path: str) -> bool | None:
        """Return True when *path* is ignored, False when it is wanted, None when no pattern is about it."""
        index = self._last(path)
        return None if index < 0 else self._ignores[index]


def _translated(lines: Iterable[str], *, strict: bool) -> Iterator[tuple[str, bool]]:
    """Yield each pattern as a regular expression of whole paths (folders have a slash), and whether it ignores."""
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    for line in lines:
        pattern = line if line.endswith("\\ ") else line.rstrip()
        folders = pattern.endswith("/")
        if pattern.rstrip("/").endswith("/**"):
            # What is below, and not the folder itself, which "below/" would match.
            pattern = pattern.rstrip("/") + ("/?*/" if folders else "/?*")
        try:
            regex, ignores = GitIgnoreSpecPattern.pattern_to_regex(pattern)
        except ValueError:  # Git passes over it.
            if strict:
                raise AibomError(f"not a pattern of .gitignore's form: {line!r}") from None
            continue
        if regex is not None and ignores is not None:
            # Of everything ("*", "**") pathspec makes a pattern of one character.
            yield (regex if regex.startswith("^") else "^.+/" if folders else "^.+"), ignores


def _by_re2(patterns: Sequence[str]) -> Callable[[str], int]:
    """Return a function that tells which of *patterns* is the last that matches a path; -1 for none."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    options.dot_nl = True

    def compiled(first: int, end: int) -> None:
        numbers = []
        found = re2.Set.SearchSet(options)
        for number in range(first, end):
            with suppress(re2.error):  # A range such as [z-a], which matches nothing in git.
                found.Add(f"{patterns[number]}\\z")
                numbers.append(number)
        try:
            found.Compile()
            sets.append((found, numbers))
        except re2.error:  # More than the memory that re2 allows itself.
            middle = (first + end) // 2
            if middle > first:
                compiled(first, middle)
                compiled(middle, end)

    sets: list[tuple[Any, list[int]]] = []
    for first in range(0, len(patterns), _TOGETHER):
        compiled(first, min(first + _TOGETHER, len(patterns)))
    sets.reverse()

    def last(path: str) -> int:
        try:
            path.encode()
        except UnicodeEncodeError:  # A name that is no UTF-8: its odd bytes are any character.
            path = path.encode("utf-8", "replace").decode()
        for found, numbers in sets:
            matching: list[int] = found.Match(path)
            if matching:
                return numbers[max(matching)]
        return -1

    return last


def _by_re(patterns: Sequence[str]) -> Callable[[str], int]:
    """Do what `_by_re2` does where re2 is not there; patterns with many stars match nothing."""
    compiled = []
    for number, pattern in enumerate(patterns):
        if pattern.count("*") + pattern.count("+") > _STARS:
            continue
        with suppress(re.error), warnings.catch_warnings(action="ignore"):  # Of sets that look odd, such as [[a].
            compiled.append((number, re.compile(f"{pattern}\\Z", re.DOTALL)))
    compiled.reverse()
    return lambda path: next((number for number, pattern in compiled if pattern.match(path)), -1)


_matcher: Final = _by_re2 if find_spec("re2") else _by_re


# -- the disk ------------------------------------------------------------------------------------


def _open(base: str, path: str, flags: int) -> int:
    """Open *path* below *base*, however long it is."""
    if len(path) < _SHORT or not _CHAINED:
        return os.open(base + path, flags)
    folder = os.open(base, _ENTER)
    try:
        while len(path) >= _SHORT:
            cut = path.rindex("/", 0, _SHORT)
            inner = os.open(path[:cut], _ENTER, dir_fd=folder)
            os.close(folder)
            folder = inner
            path = path[cut + 1 :]
        return os.open(path, flags, dir_fd=folder)
    finally:
        os.close(folder)


def _listed(base: str, path: str) -> dict[str, str]:
    """Return what the folder *path* holds: ``file``, ``folder``, ``link`` or ``other`` by name."""
    if len(path) > _LONGEST:
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))
    where: str | int = _open(base, path[:-1], _ENTER) if _CHAINED else base + path
    try:
        with os.scandir(where) as entries:
            return {
                entry.name: "file"
                if entry.is_file(follow_symlinks=False)
                else "folder"
                if entry.is_dir(follow_symlinks=False)
                else "link"
                if entry.is_symlink()
                else "other"
                for entry in entries
            }
    finally:
        if isinstance(where, int):
            os.close(where)


def _content(base: str, path: str, n: int) -> bytes:
    """Return the first *n* bytes of a file; `OSError` when it is none."""
    descriptor = _open(base, path, _READ)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a file")
        return _slurp(descriptor, n, n)
    finally:
        os.close(descriptor)


def _slurp(descriptor: int, n: int, most: int) -> bytes:
    """Read to the end, or up to *most* bytes; *n* is more than we expect."""
    data = os.read(descriptor, min(n, most))
    if len(data) == n - 1 or not data:
        return data  # As long as it said: this is the end.
    chunks, size = [data], len(data)
    while size < most and (data := os.read(descriptor, min(most - size, LIMIT))):
        chunks.append(data)
        size += len(data)
    return b"".join(chunks)


# -- text ----------------------------------------------------------------------------------------


def _decoded(data: bytes, *, declares: bool) -> tuple[str | None, Problem | None]:
    """Return *data* as text (None when it is binary) and what is wrong; *declares*: a PEP 263 comment counts."""
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _marked(data[len(bom) :], codec)
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\0" in data:
        return None, Problem("not-text", "it holds NUL bytes")
    cookie = _COOKIE.match(data[:4096]) if declares else None
    declared = cookie[1].decode("ascii", "replace") if cookie else "utf-8"
    codec_or_none = _text_codec(declared)
    problem = Problem("bad-encoding", f"it is not in the encoding that it declares, {declared}; read as Latin-1")
    if codec_or_none is None:
        problem = Problem("bad-encoding", f"it declares an encoding that is not known, {declared}")
        codec_or_none = "utf-8"
    elif cookie is None:
        problem = Problem("bad-encoding", "it is not UTF-8; read as Latin-1")
    try:
        text = data.decode(codec_or_none)
    except (UnicodeError, LookupError):
        head = data[:4096]
        if (len(head) - len(head.translate(None, _CONTROL))) * _CONTROL_SHARE > len(head):
            return None, Problem("not-text", "it holds control characters")
        return _lines(data.decode("latin-1")), problem
    if codec_or_none != "utf-8":  # UTF-7 can say half a character, which nothing after us could encode.
        text = text.encode("utf-8", "replace").decode()
    return _lines(text), problem if "not known" in problem.message else None


def _marked(data: bytes, codec: str) -> tuple[str, Problem | None]:
    try:
        return _lines(data.decode(codec)), None
    except UnicodeDecodeError:
        problem = Problem("bad-encoding", f"it is not {codec.upper()}, as its mark says; the odd bytes were replaced")
        return _lines(data.decode(codec, "replace")), problem


def _text_codec(declared: str) -> str | None:
    """Return Python's name of an encoding of text; None when it is not one of the standard library's that are safe."""
    from encodings import normalize_encoding
    from encodings.aliases import aliases

    name = normalize_encoding(declared.lower())
    if name in {"utf_8", "utf8"} or name.startswith("utf_8_"):
        return "utf-8"
    # codecs.lookup() would ask what other packages have registered; and idna and punycode take quadratic time.
    known = name in aliases or name in aliases.values() or name in {"iso8859_1", "koi8_u"}
    return name if known else None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
