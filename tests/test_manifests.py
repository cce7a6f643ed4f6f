"""What manifests and lock files need, and what they say of their project."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from aibom.bill import Detection, Diagnostic, Kind, Location, Target, Technique, Usage
from aibom.detectors.libraries import detect
from aibom.files import walk
from aibom.manifests import DESCRIBING, PATTERNS, Include, Need, Stated, conda, describe, is_manifest, npm, python, read
from aibom.protocols import wants
from aibom.syntax import Code, Data, Entry, Problem
from aibom.syntax.python import read as read_code
from aibom.syntax.structured import read as parse

FORMATS = {"toml": "toml", "lock": "toml", "json": "json", "cfg": "ini", "yml": "yaml", "yaml": "yaml"}
OWN = {
    **dict.fromkeys(["Pipfile.lock", "bun.lock", "composer.lock", "deno.lock", "renv.lock"], "json"),
    **dict.fromkeys(["pixi.lock", "pubspec.lock"], "yaml"),
    "Pipfile": "toml",
}
NOT_ONE = "the name or the version of a dependency is not one"
NO_REQUIREMENT = "this is not a requirement that can be read"
ALIKE = {"*.in", "*.txt", "pylock.*.toml", "requirements*.lock"}
NAMES = ["requirements.txt", *sorted(name.replace("*", "app") for name in PATTERNS if name not in ALIKE)]


@frozen
class Manifest:
    """A file without a tree."""

    path: str
    text: str

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def data(self) -> Data:
        return parse(self.text, OWN.get(self.name) or FORMATS.get(self.name.rpartition(".")[2], "json"))

    @property
    def code(self) -> Code:
        return read_code(self.text) if self.name.endswith(".py") else Code("")

    def sibling(self, name: str) -> None:
        """Know of no other file."""


@frozen
class Held:
    """A file whose values are given, or were read before."""

    path: str
    text: str
    data: Data

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def code(self) -> Code:
        return Code("")

    def sibling(self, name: str) -> None:
        """Know of no other file."""


def stated(path: str, text: str) -> list[Stated]:
    return list(read(Manifest(path, text)))


def malformed(message: str, line: int) -> Problem:
    return Problem("malformed-manifest", message, line)


def found_in(folder: Path, files: dict[str, str]) -> list[Detection | Diagnostic]:
    """Return what the detector finds in a tree of *files*, with what the tree itself could not read."""
    for path, text in files.items():
        folder.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
        folder.joinpath(path).write_text(text, encoding="utf-8")
    wanted = wants(detect.files)
    tree = walk(folder, wanted=lambda name: wanted.fullmatch(name) is not None)
    return [found for file in tree if wanted.fullmatch(file.name) for found in detect.detect(file)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Torch", ("torch", None, None)),
        ("torch==2.9.1", ("torch", "2.9.1", None)),
        ("torch == 2.9.1+cu128", ("torch", "2.9.1+cu128", None)),
        ("torch (==2.9.1)", ("torch", "2.9.1", None)),
        ("torch===2.9.1", ("torch", "2.9.1", None)),
        ("torch===nightly", ("torch", None, "===nightly")),
        ("torch==2.*", ("torch", None, "==2.*")),
        ("torch==2.9.1,!=2.9.0", ("torch", None, "==2.9.1,!=2.9.0")),
        ("torch (>=2, <3)", ("torch", None, ">=2,<3")),
        ("sentence.transformers[onnx, gpu] ~= 5.1 ; extra == 'x'", ("sentence-transformers", None, "~=5.1")),
        ("torch==2.9.1 ; a broken marker", ("torch", "2.9.1", None)),
        ("torch==${VERSION}", ("torch", None, "==${VERSION}")),
        ("torch @ https://host/torch-2.9.1%2Bcpu-cp312-cp312-any.whl", ("torch", "2.9.1+cpu", None)),
        ("torch[x] @ https://host/torch-2.9.1-1-cp312-cp312-any.whl#sha256=0", ("torch", "2.9.1", None)),
        ("torch @ https://host/other-1.0-py3-none-any.whl", ("torch", None, None)),
        ("torch @ https://host/torch-new-py3-none-any.whl", ("torch", None, None)),
        ("torch@git+https://user:secret@host/torch@v2.9.1", ("torch", None, None)),
        ("https://host/vllm-0.11.2-cp38-abi3-any.whl", ("vllm", "0.11.2", None)),
        ("vllm-0.11.2-cp38-abi3-any.whl", ("vllm", "0.11.2", None)),
        ("https://host/-0.11.2-cp38-abi3-any.whl", None),
        ("git+https://host/x.git#egg=Diffusers&subdirectory=y", ("diffusers", None, None)),
        ("git+https://host/x.git#egg=-", None),
        ("https://host/openai-2.8.1.tar.gz", None),
        ("./vendor/torch", None),
        (".", None),
    ],
)
def test_only_a_pin_or_the_name_of_a_wheel_tells_a_version(
    text: str, expected: tuple[str, str | None, str | None] | None
):
    actual = python.read_requirement(text)

    assert (expected and python.Requirement(*expected)) == actual


@pytest.mark.parametrize(
    "text",
    [
        "",
        "torch=2.9.1",
        "torch[",
        "torch 2.9.1",
        "torch_ @ https://host/torch.zip",
        "torch @",
        "${NAME}==1",
        "torch==${VERSION}#~",
        "torch==2;" + "x" * 2000,
        "===",
        "{{ torch }}",
    ],
)
def test_what_is_no_requirement_raises(text: str):
    with pytest.raises(ValueError, match=r"."):
        python.read_requirement(text)


def test_requirements_are_joined_and_placed_as_pip_reads_them():
    text = (
        "\ufeff# torch==1\n"
        "--extra-index-url https://user:secret@host/simple\n"
        "  openai==2.8.1 \\\n"
        "    --hash=sha256:00  # a note\n"
        "\\\n"
        "torch \\\n"
        "# a comment ends what is joined\n"
        "==2.9.1\n"
        "-e 'git+https://host/x#egg=vllm'\n"
        "transformers ; x --config-settings a=b \\\n"
    )

    assert [
        Need("pypi", "openai", 3, 3, "requirements", "2.8.1", hashed=True),
        Need("pypi", "torch", 6, 1, "requirements"),
        malformed(NO_REQUIREMENT, 8),
        Need("pypi", "vllm", 9, 1, "requirements"),
        Need("pypi", "transformers", 10, 1, "requirements"),
    ] == stated("requirements.txt", text)


def test_an_include_says_whether_it_holds_constraints():
    text = (
        "-r a.pip\n-rb.pip # x\n--requirement=c.pip\n--requirement 'd e.pip'\n"
        "-c f.pip\n--constraint g.pip\n-r\n-retries\n"
    )

    assert [
        Include("a.pip", 1),
        Include("b.pip", 2),
        Include("c.pip", 3),
        Include("d e.pip", 4),
        Include("f.pip", 5, limits=True, optional=True),
        Include("g.pip", 6, limits=True, optional=True),
        Include("etries", 8),
    ] == stated("requirements.txt", text)


@pytest.mark.parametrize(
    ("path", "include", "entry", "optional"),
    [
        ("requirements.txt", None, "requirements", False),
        ("requirements-gpu.txt", None, "requirements", False),
        ("requirements-dev.txt", None, "requirements", True),
        ("docs/requirements.txt", None, "requirements", True),
        ("constraints.txt", None, "constraints", True),
        ("x.pip", Include("x.pip", 1), "requirements", False),
        ("x.pip", Include("x.pip", 1, optional=True), "requirements", True),
        ("x.pip", Include("x.pip", 1, limits=True), "constraints", True),
    ],
)
def test_the_path_and_the_include_tell_what_a_requirement_is_for(
    path: str, include: Include | None, entry: str, optional: bool
):
    assert [Need("pypi", "torch", 1, 1, entry, optional=optional)] == list(read(Manifest(path, "torch"), include))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/requirements.txt", True),
        ("dev_Requirements-3.11.txt", True),
        ("requirements.in", True),
        ("requirements.lock", True),
        ("requirements/base.txt", True),
        ("requirements/deep/base.in", True),
        ("constraints.txt", True),
        ("pylock.toml", True),
        ("pylock.gpu.toml", True),
        ("pylock.a.b.toml", False),
        ("app/package.json", True),
        ("MANIFEST.in", False),
        ("robots.txt", False),
        ("requirements/notes.md", False),
        ("requirements.txt/notes.txt", False),
        ("flake.lock", False),
    ],
)
def test_a_manifest_is_told_by_its_path(path: str, expected: bool):
    assert expected is is_manifest(path)
    assert not expected or wants(PATTERNS).fullmatch(path.rpartition("/")[2])


def test_a_pyproject_lists_what_it_needs_and_for_what():
    text = (
        '[build-system]\nrequires = ["torch>=2"]\n'
        '[project]\ndependencies = ["openai==2.8.1", 7, "torch =="]\noptional-dependencies.gpu = ["vllm"]\n'
        '[dependency-groups]\ndev = ["accelerate", {include-group = "x"}]\nbad = "accelerate"\n'
        "[tool.uv]\nconstraint-dependencies = ['torch']\ndev-dependencies = ['setfit']\n"
        "[tool.pdm.dev-dependencies]\na = ['-e file:///x#egg=datasets']\n"
        "[tool.hatch.envs.e]\ndependencies = ['a']\nextra-dependencies = ['b']\n"
        "[tool.setuptools.dynamic]\ndependencies = {file = ['a.pip', 1]}\noptional-dependencies.x.file = 'b.pip'\n"
    )

    assert [
        Need("pypi", "torch", 2, 13, "build-system.requires", None, ">=2", optional=True),
        Need("pypi", "openai", 4, 17, "project.dependencies", "2.8.1"),
        malformed("a requirement is not a text, or much too long", 4),
        malformed(NO_REQUIREMENT, 4),
        Need("pypi", "vllm", 5, 30, "project.optional-dependencies.gpu", optional=True),
        Need("pypi", "accelerate", 7, 8, "dependency-groups.dev", optional=True),
        malformed("a list of requirements is expected here", 8),
        Need("pypi", "setfit", 11, 21, "tool.uv.dev-dependencies", optional=True),
        Need("pypi", "datasets", 13, 6, "tool.pdm.dev-dependencies.a", optional=True),
        Need("pypi", "a", 15, 17, "tool.hatch.envs.e.dependencies", optional=True),
        Need("pypi", "b", 16, 23, "tool.hatch.envs.e.extra-dependencies", optional=True),
        Include("a.pip", 18),
        malformed("the name of a file is not a text", 18),
        Include("b.pip", 19, optional=True),
    ] == stated("pyproject.toml", text)


def test_poetry_means_a_pin_by_a_version_alone():
    text = (
        "[tool.poetry.dependencies]\n"
        'python = "^3.11"\n'
        'torch = "2.9.1"\n'
        'openai = {version = "== 2.8.1", extras = ["x"], optional = true}\n'
        'vllm = "==0.11.*"\n'
        'datasets = "^4"\n'
        'diffusers = {git = "https://user:secret@host/x", optional = false}\n'
        'accelerate = [{version = "1.0", python = "<3.10"}, {version = ">=1", python = ">=3.10"}]\n'
        "transformers = 4\n"
        'setfit = "https://user:secret@host/"\n'
        '"no name" = "1"\n'
        "[tool.poetry.dev-dependencies]\n"
        'deepeval = "*"\n'
        "[tool.poetry.group.x.dependencies]\n"
        'tiktoken = "=0.12"\n'
    )
    runtime = "tool.poetry.dependencies"

    assert [
        Need("pypi", "torch", 3, 9, runtime, "2.9.1"),
        Need("pypi", "openai", 4, 21, runtime, "2.8.1", optional=True),
        Need("pypi", "vllm", 5, 8, runtime, None, "==0.11.*"),
        Need("pypi", "datasets", 6, 12, runtime, None, "^4"),
        Need("pypi", "diffusers", 7, 20, runtime),
        Need("pypi", "accelerate", 8, 26, runtime, "1.0"),
        Need("pypi", "accelerate", 8, 63, runtime, None, ">=1"),
        malformed(NOT_ONE, 9),
        malformed("the version of a dependency is not one", 10),
        malformed(NOT_ONE, 11),
        Need("pypi", "deepeval", 13, 12, "tool.poetry.dev-dependencies", None, "*", optional=True),
        Need("pypi", "tiktoken", 15, 12, "tool.poetry.group.x.dependencies", "0.12", optional=True),
    ] == stated("pyproject.toml", text)


def test_setup_cfg_needs_a_line_or_a_list_with_semicolons():
    text = (
        "[options]\n"
        "install_requires =\n"
        "    openai>=2  # a note\n"
        "    # torch\n"
        "    torch==2.9.1 ; python_version > '3'\n"
        "setup-requires = a; b\n"
        "packages = find:\n"
        "tests_require\n"
        "[options.extras_require]\n"
        "x-y = file: a.pip, ,b.pip\n"
        "z = =\n"
    )

    assert [
        Need("pypi", "openai", 3, 0, "options.install_requires", None, ">=2"),
        Need("pypi", "torch", 5, 0, "options.install_requires", "2.9.1"),
        Need("pypi", "a", 6, 18, "options.setup_requires", optional=True),
        Need("pypi", "b", 6, 18, "options.setup_requires", optional=True),
        Include("a.pip", 10, optional=True),
        Include("b.pip", 10, optional=True),
        malformed(NO_REQUIREMENT, 11),
    ] == stated("setup.cfg", text)


UV = """
[[package]]
name = "app"
source = { virtual = "." }
dependencies = [{ name = "a", extra = ["x"] }]
optional-dependencies.gpu = [{ name = "unused" }]

[[package]]
name = "a"
version = "1.0"
sdist = { hash = "sha256:00" }
optional-dependencies.x = [{ name = "b", extra = ["y"] }]
optional-dependencies.z = [{ name = "unused" }]

[[package]]
name = "b"
version = "2.0"
optional-dependencies.y = [{ name = "c" }, { name = "a" }]

[[package]]
name = "c"

[[package]]
name = "unused"
version = "odd"
"""


def test_a_package_of_uv_is_optional_when_only_extras_and_groups_lead_to_it():
    assert [
        Need("pypi", "a", 9, 8, "uv.lock package", "1.0", hashed=True),
        Need("pypi", "b", 16, 8, "uv.lock package", "2.0"),
        Need("pypi", "c", 21, 8, "uv.lock package"),
        Need("pypi", "unused", 24, 8, "uv.lock package", None, "odd", optional=True),
    ] == stated("uv.lock", UV)


def test_a_lock_of_uv_without_its_project_does_not_say_what_is_optional():
    assert [Need("pypi", "a", 2, 8, "uv.lock package", "1.0")] == stated(
        "uv.lock", '[[package]]\nname = "a"\nversion = "1.0"'
    )


def test_every_poetry_says_in_its_way_what_is_optional_and_hashed():
    text = (
        '[[package]]\nname = "a"\nversion = "1"\ncategory = "main"\noptional = false\n'
        '[[package]]\nname = "b"\nversion = "1"\ncategory = "dev"\n'
        '[[package]]\nname = "c"\nversion = "1"\ngroups = ["main", "dev"]\nfiles = [{hash = "0"}]\n'
        '[[package]]\nname = "d"\nversion = "1"\ngroups = ["dev"]\n'
        '[[package]]\nname = "e"\nversion = "1"\noptional = true\n'
        '[metadata.files]\na = [{file = "a", hash = "0"}]\nb = []\n'
    )
    entry = "poetry.lock package"

    assert [
        Need("pypi", "a", 2, 8, entry, "1", hashed=True),
        Need("pypi", "b", 7, 8, entry, "1", optional=True),
        Need("pypi", "c", 11, 8, entry, "1", hashed=True),
        Need("pypi", "d", 16, 8, entry, "1", optional=True),
        Need("pypi", "e", 20, 8, entry, "1", optional=True),
    ] == stated("poetry.lock", text)


def test_a_pylock_leaves_its_own_project_out():
    text = (
        '[[packages]]\nname = "app"\ndirectory = {path = "."}\n'
        '[[packages]]\nname = "a"\nversion = "1"\nwheels = [{hashes = {sha256 = "0"}}]\n'
        '[[packages]]\nname = "b"\nmarker = "\'x\' in dependency_groups"\n'
    )

    assert [
        Need("pypi", "a", 5, 8, "pylock.x.toml package", "1", hashed=True),
        Need("pypi", "b", 9, 8, "pylock.x.toml package", optional=True),
    ] == stated("pylock.x.toml", text)


def test_a_broken_package_of_a_lock_leaves_the_others():
    text = (
        '[[package]]\nversion = "1"\n'
        '[[package]]\nname = "-"\nversion = "1"\n'
        '[[package]]\nname = "a"\nversion = 1\n'
        '[[package]]\nname = "b"\nversion = "https://user:secret@host/"\n'
        '[[package]]\nname = "c"\nversion = "1"\n'
    )

    assert [
        malformed("a package of the lock has no name", 2),
        malformed("a package of the lock has no name", 4),
        malformed("the version of a package of the lock is not one", 7),
        malformed("the version of a package of the lock is not one", 10),
        Need("pypi", "c", 13, 8, "poetry.lock package", "1"),
    ] == stated("poetry.lock", text)


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("5.0.1", ("ai", "5.0.1", None)),
        ("=5.0.1", ("ai", "5.0.1", None)),
        ("v5.0.1-Beta.1+Build", ("ai", "5.0.1-Beta.1+Build", None)),
        ("5.0", ("ai", None, "5.0")),
        ("^5.0.1", ("ai", None, "^5.0.1")),
        (">=1  <2 || 3.x", ("ai", None, ">=1 <2 || 3.x")),
        ("latest", ("ai", None, "latest")),
        ("*", ("ai", None, "*")),
        ("", ("ai", None, None)),
        ("workspace:^", ("ai", None, "workspace:^")),
        ("catalog:", ("ai", None, "catalog:")),
        ("workspace:../ai", ("ai", None, None)),
        ("npm:openai@4.0.0", ("openai", "4.0.0", None)),
        ("npm:@langchain/core@^1", ("@langchain/core", None, "^1")),
        ("npm:openai", ("openai", None, None)),
        ("npm:7zip@1.0.0", ("7zip", "1.0.0", None)),
        ("npm:^5", ("ai", None, "^5")),
        ("npm:5.0.1", ("ai", "5.0.1", None)),
        ("vercel/ai", ("ai", None, None)),
        ("git+https://user:secret@host/ai.git", ("ai", None, None)),
        ("file:../ai", ("ai", None, None)),
    ],
)
def test_what_npm_asks_for_is_a_version_a_range_or_a_place(spec: str, expected: tuple[str, str | None, str | None]):
    assert expected == npm.read_spec("ai", spec)


def test_a_package_json_says_what_each_package_is_for():
    text = """{
  "dependencies": {"ai": "5.0.1", "odd": "1 && 2", "a b": "1.0.0", "n": 5, "x": ""},
  "devDependencies": {"D": "^1"},
  "peerDependencies": {"p": "*"},
  "optionalDependencies": "o",
  "overrides": {"ai": "4.0.0"}
}"""

    assert [
        Need("npm", "ai", 2, 26, "dependencies", "5.0.1"),
        malformed(NOT_ONE, 2),
        malformed(NOT_ONE, 2),
        malformed(NOT_ONE, 2),
        Need("npm", "x", 2, 81, "dependencies"),
        Need("npm", "D", 3, 28, "devDependencies", None, "^1", optional=True),
        Need("npm", "p", 4, 29, "peerDependencies", None, "*", optional=True),
        malformed("a name and a version are expected here", 5),
    ] == stated("package.json", text)


def test_a_lock_of_cargo_whose_metadata_are_no_table_is_read():
    text = 'metadata = "x"\n[[package]]\nname = "candle-core"\nversion = "0.8.0"\nsource = "r"\n'

    expected = [Need("cargo", "candle-core", 3, 8, "Cargo.lock package", "0.8.0")]
    assert expected == stated("Cargo.lock", text)


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("conda-forge::pytorch", ("pytorch", None, None)),
        ("pytorch 2.1.0 py310_0", ("pytorch", "2.1.0", None)),
        ("pytorch=2.1", ("pytorch", None, "=2.1")),
        ("pytorch >=2,<3", ("pytorch", None, ">=2,<3")),
        ("pytorch[build=cuda*]", ("pytorch", None, None)),
        ("pytorch [build=cuda*] ==2.1.0", ("pytorch", "2.1.0", None)),
        ("pytorch ==2.1.0[build=cuda*]", ("pytorch", "2.1.0", None)),
        ("pytorch   [", None),
        ("::pytorch", None),
    ],
)
def test_conda_writes_channel_version_and_build_around_a_name(
    spec: str, expected: tuple[str, str | None, str | None] | None
):
    assert expected == conda.read_spec(spec)


def test_a_lock_of_npm_has_its_packages_in_folders():
    text = """{"packages": {
  "": {"version": "1.0.0"},
  "node_modules/@s/a": {"version": "1.0.0", "integrity": "sha512-00", "dev": false},
  "node_modules/@s/a/node_modules/b": {"version": "2.0.0", "devOptional": true},
  "node_modules/alias": {"name": "c", "version": "3.0.0"},
  "node_modules/link": {"link": true},
  "libs/own": {"version": "1.0.0"}
}, "dependencies": {"b": {"version": "9.9.9"}}}"""

    assert [
        Need("npm", "@s/a", 3, 36, "package-lock.json package", "1.0.0", hashed=True),
        Need("npm", "b", 4, 51, "package-lock.json package", "2.0.0", optional=True),
        Need("npm", "c", 5, 50, "package-lock.json package", "3.0.0"),
    ] == stated("package-lock.json", text)


def test_an_old_lock_of_npm_nests_its_packages():
    text = """{"lockfileVersion": 1, "dependencies": {
  "a": {"version": "1.0.0", "requires": {"b": "^2"}, "dependencies": {"b": {"version": "2.0.0", "optional": true}}},
  "c": {"version": "npm:d@3.0.0"},
  "e": {"version": 4}
}}"""

    assert [
        Need("npm", "a", 2, 20, "npm-shrinkwrap.json package", "1.0.0"),
        Need("npm", "b", 2, 88, "npm-shrinkwrap.json package", "2.0.0", optional=True),
        Need("npm", "d", 3, 20, "npm-shrinkwrap.json package", "3.0.0"),
        malformed(NOT_ONE, 4),
    ] == sorted(stated("npm-shrinkwrap.json", text), key=lambda s: s.line)


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "pyproject.toml",
            '[project]\nname = "My_App"\nversion = "1.0"',
            Target("My_App", "1.0", "pkg:pypi/my-app@1.0", "pyproject.toml"),
        ),
        (
            "a/pyproject.toml",
            '[project]\nname = "app"\ndynamic = ["version"]',
            Target("app", None, "pkg:pypi/app", "a/pyproject.toml"),
        ),
        (
            "pyproject.toml",
            '[tool.poetry]\nname = "app"\nversion = "2.0"',
            Target("app", "2.0", "pkg:pypi/app@2.0", "pyproject.toml"),
        ),
        ("pyproject.toml", '[project]\nname = "my app"', Target("my app", None, None, "pyproject.toml")),
        ("pyproject.toml", "[project]\nname = 3", None),
        ("pyproject.toml", "[tool.ruff]\nline-length = 120", None),
        (
            "setup.cfg",
            "[metadata]\nname = app\nversion = 1.2",
            Target("app", "1.2", "pkg:pypi/app@1.2", "setup.cfg"),
        ),
        (
            "setup.cfg",
            "[metadata]\nname = app\nversion = attr: app.__version__",
            Target("app", None, "pkg:pypi/app", "setup.cfg"),
        ),
        (
            "package.json",
            '{"name": "@acme/chat", "version": "1.2.0", "private": true}',
            Target("@acme/chat", "1.2.0", "pkg:npm/%40acme/chat@1.2.0", "package.json"),
        ),
        ("package.json", '{"name": "a b"}', Target("a b", None, None, "package.json")),
        ("package.json", "[]", None),
        ("requirements.txt", "torch", None),
    ],
)
def test_a_manifest_describes_its_project_and_nothing_is_made_up(path: str, text: str, expected: Target | None):
    assert expected == describe(Manifest(path, text))


@settings(max_examples=600)
@given(
    name=st.sampled_from(NAMES),
    text=st.text()
    | st.text(alphabet='[]{}"=:,;@.-_\\/#\n ${}>~^*!|package.nameversiondependenciesoptional1')
    | st.lists(
        st.sampled_from(["torch", "==", "1.0", " ", "\n", "\\", "-r ", "${X}", "@", "#", ";", "[", "]", "://"])
    ).map("".join),
)
def test_no_text_makes_a_reader_raise(name: str, text: str):
    manifest = Manifest(name, text)

    assert all(isinstance(s, Need | Include | Problem) for s in read(manifest))
    assert name not in DESCRIBING or isinstance(describe(manifest), Target | None)


_leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["a", "1.0", "^1", "", ".", "npm:a@1", "x" * 9999, "1" * 9999])
)
_keys = st.sampled_from(
    ["package", "packages", "name", "version", "source", "editable", "extra", "0", "groups", "files", "hash", "marker"]
) | st.sampled_from(
    ["project", "dependencies", "optional-dependencies", "tool", "poetry", "metadata", "options", "node_modules/a"]
)


@settings(max_examples=600)
@given(name=st.sampled_from(NAMES), entries=st.lists(st.tuples(st.lists(_keys, max_size=6), _leaves), max_size=12))
def test_no_data_makes_a_reader_raise(name: str, entries: list[tuple[list[str], str | float | None]]):
    data = Data("any", tuple(Entry(tuple(keys), value, 1, 1) for keys, value in entries))
    manifest = Held(name, "", data)

    assert all(isinstance(s, Need | Include | Problem) for s in read(manifest))
    assert isinstance(describe(manifest), Target | None)


def test_a_library_is_a_detection_with_its_category_and_place(tmp_path: Path):
    assert [
        Detection(
            Kind.LIBRARY,
            "transformers",
            Location("requirements-dev.txt", 2, 1),
            provider="pypi",
            usage=Usage.OPTIONAL,
            symbol="requirements",
            technique=Technique.MANIFEST,
            properties=(("category", "model-library"), ("version-range", ">=4")),
        ),
        Detection(
            Kind.LIBRARY,
            "openai",
            Location("requirements.txt", 1, 1),
            provider="pypi",
            version="2.8.1",
            symbol="requirements",
            technique=Technique.MANIFEST,
            properties=(("category", "sdk"),),
            context=(("hashed", "true"),),
        ),
    ] == found_in(
        tmp_path,
        {
            "requirements.txt": "openai==2.8.1 --hash=sha256:00",
            "requirements-dev.txt": "flask==3\nTransformers>=4",
            "notes.txt": "torch==2.9.1",
        },
    )


def test_a_file_that_only_others_include_is_read_where_it_lies_and_once_for_each_purpose(tmp_path: Path):
    found = found_in(
        tmp_path,
        {
            "requirements.txt": "-r a/x.pip\n-r a/x.pip\n-r requirements-gpu.txt\n-c a/x.pip\n",
            "requirements-gpu.txt": "torch\n",
            "a/x.pip": "-r ../requirements.txt\n-r y.pip\n",
            "a/y.pip": "-r x.pip\nopenai\n",
        },
    )

    assert [
        ("torch", Location("requirements-gpu.txt", 1, 1), Usage.USED),
        ("openai", Location("a/y.pip", 2, 1), Usage.USED),
        ("openai", Location("a/y.pip", 2, 1), Usage.OPTIONAL),
    ] == [(d.name, d.at, d.usage) for d in found if isinstance(d, Detection)]


def test_what_cannot_be_included_is_said_without_its_address(tmp_path: Path):
    message = "the file that is included is not in the tree"
    text = "-r gone.txt\n-r https://user:secret@host/r.txt\n-r ../out.txt\n-r /etc/hosts\n"

    assert [
        Diagnostic("malformed-manifest", message, Location("requirements.txt", line)) for line in (1, 2, 3, 4)
    ] == found_in(tmp_path, {"requirements.txt": text})


def test_a_chain_of_includes_ends(tmp_path: Path):
    files = {f"{n}.pip": f"-r {n + 1}.pip\n" for n in range(200)}

    assert [Diagnostic("limit-reached", "more than 100 files are included", Location("99.pip", 1))] == found_in(
        tmp_path, {"requirements.txt": "-r 0.pip\n", **files}
    )


def test_prose_with_the_name_of_a_manifest_is_not_reported_line_by_line(tmp_path: Path):
    *first, last = found_in(tmp_path, {"requirements.txt": "this is prose\n" * 500})

    assert [
        Diagnostic("malformed-manifest", NO_REQUIREMENT, Location("requirements.txt", n)) for n in range(1, 11)
    ] == first
    assert (
        Diagnostic(
            "malformed-manifest", "490 more entries of requirements.txt could not be read", Location("requirements.txt")
        )
        == last
    )


def test_a_lock_of_many_packages_in_one_chain_is_read_whole():
    package = '[[package]]\nname = "p{0}"\nversion = "1.{0}"\ndependencies = [{{ name = "p{1}" }}]\n\n'
    root = '[[package]]\nname = "app"\nsource = { editable = "." }\ndependencies = [{ name = "p0" }]\n'
    data = parse(root + "".join(package.format(n, n + 1) for n in range(20_000)), "toml")

    found = list(read(Held("uv.lock", "", data)))

    assert [False] * 20_000 == [s.optional for s in found if isinstance(s, Need)]
