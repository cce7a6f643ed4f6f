"""Names, as the providers read them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aibom.bill import Kind
from aibom.knowledge import Service, services
from aibom.names import (
    Named,
    has_id_shape,
    hosted_family,
    is_placeholder,
    provider_of_prefix,
    provider_of_url,
    read_hosted,
    read_name,
    without_secrets,
)

COMMIT = "86b5e0934494bd15c9632b12f734a8a67f723594"
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "https://",
                "HTTP://",
                "hf://",
                "s3://",
                "file://",
                "huggingface.co",
                "host.example",
                "datasets",
                "models",
            ),
            *(
                "/",
                "/",
                "@",
                ":",
                "?",
                "#",
                "%2F",
                "%0A",
                "%1b",
                "..",
                "--",
                "\\",
                "C:",
                "~",
                ".",
                "refs",
                "pr",
                "resolve",
            ),
            *(
                "Qwen",
                "Qwen3-8B",
                "gpt2",
                "main",
                "secret",
                "user:secret@",
                "[",
                "]",
                "\x1b",
                "\n",
                " ",
                "model.bin",
                "é",
            ),
        ]
    ),
    max_size=9,
).map("".join)


# -- ids -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "BAAI/bge-m3",
        "black-forest-labs/FLUX.1-dev",
        "stabilityai/stable-diffusion-xl-base-1.0",
        "facebook/opt-1.3b",
        "01-ai/Yi-1.5-9B",
        "42/model",
        "acme/42",
        "Qwen/Qwen2.5-7B.Instruct",
        "TheBloke/Llama-2-7B-GGUF",
        "s-nlp/roberta_toxicity_classifier",
        "a/b",
        "o/" + "n" * 96,
    ],
)
def test_an_id_with_its_owner_has_the_shape(text: str):
    assert has_id_shape(text)
    assert Named(Kind.MODEL, "huggingface", text) == read_name(text, Kind.MODEL)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "gpt2",
        "a/b/c",
        "/a/b",
        "a/b/",
        "./a",
        "../a/b",
        "a//b",
        "@scope/package",
        "@huggingface/transformers",
        "application/json",
        "image/png",
        "text/plain",
        "Application/JSON",
        "nvidia/cuda:12",
        "library/redis@sha256:00",
        "models/bert",
        "data/train",
        "github.com/org",
        "gcr.io/image",
        "org/model.bin",
        "org/model.safetensors",
        "org/config.json",
        "TheBloke/x.gguf",
        "C:\\a/b",
        "a\\b/c",
        "org/na me",
        "org/näme",
        "org/name--x",
        "org/na..me",
        "org/name.git",
        "org/-name",
        "org/name.",
        "o/" + "n" * 97,
        "1/2",
        "2026/11",
        "https://huggingface.co/a/b",
        "hf://a/b",
        "a/b\n",
        "a/b\x00",
    ],
)
def test_what_looks_like_an_id_and_is_none_has_not_the_shape(text: str):
    assert not has_id_shape(text)


@pytest.mark.parametrize("text", ["gpt2", "bert-base-uncased", "all-MiniLM-L6-v2", "t5-small", "  gpt2\t", "t5.1"])
def test_a_name_without_an_owner_is_one_of_the_hubs_old_ones(text: str):
    assert Named(Kind.MODEL, "huggingface", text.strip()) == read_name(text, Kind.MODEL)


def test_a_library_may_know_the_owner_of_a_bare_name():
    assert [
        Named(Kind.MODEL, "huggingface", "sentence-transformers/all-MiniLM-L6-v2"),
        Named(Kind.MODEL, "huggingface", "BAAI/bge-m3"),
        Named(Kind.MODEL, "local", "./all-MiniLM-L6-v2"),
    ] == [
        read_name(text, Kind.MODEL, bare="sentence-transformers")
        for text in ("all-MiniLM-L6-v2", "BAAI/bge-m3", "./all-MiniLM-L6-v2")
    ]


def test_a_loader_takes_an_owner_with_a_dot_though_no_string_elsewhere_would_mean_one():
    assert Named(Kind.MODEL, "huggingface", "a.b/c") == read_name("a.b/c", Kind.MODEL)
    assert not has_id_shape("a.b/c")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "\n",
            "a\nb",
            "a\x1b[31m",
            "a/b\u202e",
            "./a\x00",
            "a b",
            "a/b c",
            "123",
            "2026/11",
            "@scope/package",
        ),
        *(
            "nvidia/cuda:12",
            "org/name@rev",
            "git@github.com:org/name.git",
            "me:pw@host/a/b",
            "data:image/png;base64,iV/B/w",
        ),
        *("org/name--x", "a" * 97, "x/" * 1100, "{org}", "${MODEL}", "<model>"),
        *(".", "..", "./"),  # A folder, whatever is in it.
    ],
)
def test_what_no_loader_takes_names_nothing(text: str):
    assert read_name(text, Kind.MODEL) is None


# -- paths -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("/opt/models/bert", "./bert", "../bert", "~/bert", "bert/", "a/b/c", "a//b"),
        *("C:\\models\\bert", "C:/models/bert", "d:\\x", "\\\\host\\share", ".\\bert", "models\\bert"),
        *("models/bert", "checkpoints/best", "output/run-1", "Models/bert"),
        *("model.onnx", "org/model.bin", "TheBloke/x.gguf", "a/b.tar.gz", "train.csv", "weights.PT"),
    ],
)
def test_a_path_stays_as_it_is_written(text: str):
    assert Named(Kind.MODEL, "local", text) == read_name(text, Kind.MODEL)


# -- addresses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://huggingface.co/Qwen/Qwen3-8B", ("model", "Qwen/Qwen3-8B", None)),
        ("http://www.huggingface.co/Qwen/Qwen3-8B/", ("model", "Qwen/Qwen3-8B", None)),
        ("HTTPS://HuggingFace.co:443/Qwen/Qwen3-8B", ("model", "Qwen/Qwen3-8B", None)),
        ("https://hf.co/Qwen/Qwen3-8B", ("model", "Qwen/Qwen3-8B", None)),
        ("https://hf-mirror.com/Qwen/Qwen3-8B", ("model", "Qwen/Qwen3-8B", None)),
        ("huggingface.co/Qwen/Qwen3-8B", ("model", "Qwen/Qwen3-8B", None)),
        ("https://huggingface.co/Qwen/Qwen3-8B.git", ("model", "Qwen/Qwen3-8B", None)),
        ("https://me:hf_secret@huggingface.co/Qwen/Qwen3-8B?token=hf_x#y", ("model", "Qwen/Qwen3-8B", None)),
        ("https://huggingface.co/models/Qwen/Qwen3-8B", ("model", "Qwen/Qwen3-8B", None)),
        ("https://huggingface.co/datasets/stanfordnlp/imdb", ("dataset", "stanfordnlp/imdb", None)),
        ("https://huggingface.co/datasets/squad", ("dataset", "squad", None)),
        ("https://huggingface.co/datasets/squad/resolve/v1/x.json", ("dataset", "squad", "v1")),
        ("https://huggingface.co/gpt2", ("model", "gpt2", None)),
        ("https://huggingface.co/gpt2/resolve/main/model.bin", ("model", "gpt2", "main")),
        ("https://huggingface.co/Qwen/Qwen3-8B/resolve/main/model.bin", ("model", "Qwen/Qwen3-8B", "main")),
        ("https://huggingface.co/Qwen/Qwen3-8B/blob/v1/a/b.json", ("model", "Qwen/Qwen3-8B", "v1")),
        ("https://huggingface.co/Qwen/Qwen3-8B/tree/v1", ("model", "Qwen/Qwen3-8B", "v1")),
        ("https://huggingface.co/Qwen/Qwen3-8B/raw/v1/x", ("model", "Qwen/Qwen3-8B", "v1")),
        (f"https://huggingface.co/Qwen/Qwen3-8B/commit/{COMMIT}", ("model", "Qwen/Qwen3-8B", COMMIT)),
        ("https://huggingface.co/Qwen/Qwen3-8B/resolve/refs%2Fpr%2F1/x", ("model", "Qwen/Qwen3-8B", "refs/pr/1")),
        ("https://huggingface.co/Qwen/Qwen3-8B/resolve/refs%2fpr%2f1/x", ("model", "Qwen/Qwen3-8B", "refs/pr/1")),
        ("https://huggingface.co/Qwen/Qwen3-8B/tree/refs/pr/1", ("model", "Qwen/Qwen3-8B", "refs/pr/1")),
        ("https://huggingface.co/Qwen/Qwen3-8B/resolve/a%0Ab/x", ("model", "Qwen/Qwen3-8B", None)),
        ("https://huggingface.co/Qwen/Qwen3-8B/discussions/3", ("model", "Qwen/Qwen3-8B", None)),
        ("hf://Qwen/Qwen3-8B", ("model", "Qwen/Qwen3-8B", None)),
        ("hf://Qwen/Qwen3-8B@v1/config.json", ("model", "Qwen/Qwen3-8B", "v1")),
        ("hf://Qwen/Qwen3-8B@refs/pr/1/config.json", ("model", "Qwen/Qwen3-8B", "refs/pr/1")),
        ("hf://Qwen/Qwen3-8B@refs%2Fpr%2F1/config.json", ("model", "Qwen/Qwen3-8B", "refs/pr/1")),
        ("hf://datasets/stanfordnlp/imdb@main/plain/*.parquet", ("dataset", "stanfordnlp/imdb", "main")),
        ("hf://datasets/squad@v1", ("dataset", "squad", "v1")),
        ("hf-hub:timm/vit_tiny", ("model", "timm/vit_tiny", None)),
        ("hf_hub:timm/vit_tiny@v1", ("model", "timm/vit_tiny", "v1")),
    ],
)
def test_an_address_on_the_hub_is_the_id_that_it_leads_to(text: str, expected: tuple[str, str, str | None]):
    kind, name, revision = expected

    assert Named(Kind(kind), "huggingface", name, revision) == read_name(text, Kind.MODEL)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "",
            "/",
            "models",
            "datasets",
            "datasets/",
            "spaces/a/b",
            "docs/transformers",
            "docs",
            "blog/a",
            "papers/2401.1",
        ),
        *(
            "api/models/a/b",
            "collections/a/b",
            "posts/a/1",
            "chat",
            "login",
            "organizations/a/b",
            "new/model",
            "buckets/a/b",
        ),
        *("settings/tokens", "a%2Fb/c", "-a/b", "datasets/-a/b"),
    ],
)
@pytest.mark.parametrize("start", ["https://huggingface.co/", "hf://"])
def test_a_page_of_the_hub_that_is_no_repository_names_nothing(start: str, path: str):
    assert read_name(start + path, Kind.MODEL) is None


def test_a_dataset_loader_reads_a_plain_address_as_a_dataset():
    assert Named(Kind.DATASET, "huggingface", "a/b") == read_name("hf://a/b", Kind.DATASET)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://user:secret@host.example/m.onnx?sig=secret#secret", ("unknown", "https://host.example/m.onnx")),
        ("http://host.example:8080/m", ("unknown", "http://host.example:8080/m")),
        ("s3://key:secret@bucket/m", ("unknown", "s3://bucket/m")),
        ("gs://bucket/m", ("unknown", "gs://bucket/m")),
        ("ftp://user:secret@host/m", ("unknown", "ftp://host/m")),
        ("git+https://user:secret@host/m", ("unknown", "git+https://host/m")),
        ("https://a:b@secret@host/m", ("unknown", "https://host/m")),
        ("https://evil.example/huggingface.co/a/b", ("unknown", "https://evil.example/huggingface.co/a/b")),
        ("https://huggingface.co.evil.example/a/b", ("unknown", "https://huggingface.co.evil.example/a/b")),
        ("https://huggingface.co@evil.example/a/b", ("unknown", "https://evil.example/a/b")),
        ("file:///opt/m?x=secret", ("local", "file:///opt/m")),
    ],
)
def test_an_address_elsewhere_is_kept_without_its_secrets(text: str, expected: tuple[str, str]):
    assert Named(Kind.MODEL, *expected) == read_name(text, Kind.MODEL)


@pytest.mark.parametrize(
    "text", ["https://", "https://host.example", "https://host.example/", "s3://bucket", "https:///a"]
)
def test_an_address_without_a_path_or_a_host_names_nothing(text: str):
    assert read_name(text, Kind.MODEL) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://host/a", "https://host/a"),
        ("https://u:p@host:1/a;b?c=d#e", "https://host:1/a;b"),
        ("https://u@[::1]/a", "https://[::1]/a"),
        ("https://u:secret@[::1/a?b#c", "[::1/a"),
        ("https://[::1/a#secret", "https://[::1/a"),
        ("host/a?b", "host/a"),
        ("", ""),
    ],
)
def test_an_address_loses_its_secrets_and_nothing_else(url: str, expected: str):
    assert expected == without_secrets(url)


# -- properties ------------------------------------------------------------------------------------


@given(ANY_TEXT | PIECES, st.sampled_from([Kind.MODEL, Kind.DATASET]), st.booleans())
@example("https://user:secret@[::1/a", Kind.MODEL, False)
def test_whatever_the_text_the_name_is_printable_or_there_is_none(text: str, kind: Kind, formats: bool):
    named = read_name(text, kind, flags=frozenset({"formats"} if formats else ()))

    assert named is None or (named.name.isprintable() and named.name != "" and (named.revision or "x").isprintable())


@given(ANY_TEXT | PIECES)
def test_whatever_the_text_everything_else_answers_too(text: str):
    has_id_shape(text)
    is_placeholder(text)
    hosted_family(text)
    provider_of_url(text)
    without_secrets(text)
    named = read_hosted(text, "unknown", prefixed=True)

    assert named is None or (named.name.isprintable() and named.hosted)


@given(ANY_TEXT | PIECES)
def test_a_path_goes_through_unchanged_whatever_the_machine(text: str):
    named = read_name(text, Kind.MODEL)

    if named is not None and named.provider == "local" and "://" not in text:
        assert text.strip() == named.name


SAFE = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8)


@given(
    st.sampled_from(["https", "http", "s3", "ftp", "hf", "ssh", "git+https", "HTTPS"]),
    SAFE,
    SAFE | st.just("huggingface.co"),
    st.lists(SAFE, min_size=1, max_size=5),
)
def test_no_name_has_the_credentials_of_its_address(scheme: str, user: str, host: str, path: list[str]):
    url = f"{scheme}://{user}:SECRET1@{host}/{'/'.join(path)}?token=SECRET2#SECRET3"

    for named in (
        read_name(url, Kind.MODEL),
        read_hosted(url, "huggingface"),
        read_hosted(url, "unknown", prefixed=True),
    ):
        assert "SECRET" not in repr(named)


@given(SAFE, SAFE)
def test_every_way_to_write_an_id_gives_the_same_name(owner: str, name: str):
    text = f"Own{owner}/{name}"

    assert {read_name(text, Kind.MODEL)} == {
        read_name(prefix + text, Kind.MODEL)
        for prefix in ("", "hf://", "hf://models/", "https://huggingface.co/", "https://hf.co/", "huggingface.co/", " ")
    }


# -- formats and placeholders ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["json", "csv", "parquet", "imagefolder", "webdataset", "text", "hdf5", "niftifolder"])
def test_a_format_is_no_dataset_where_the_loader_says_so(name: str):
    assert read_name(name, Kind.DATASET, flags=frozenset({"formats"})) is None
    assert Named(Kind.DATASET, "huggingface", name) == read_name(name, Kind.DATASET)


def test_a_dataset_is_one_though_formats_are_known():
    assert Named(Kind.DATASET, "huggingface", "squad") == read_name("squad", Kind.DATASET, flags=frozenset({"formats"}))


@pytest.mark.parametrize(
    "text",
    [
        *("your-org/your-model", "my-model", "user/repo", "username/x", "org/model", "some_model", "foo", "foo/bar"),
        *(
            "<model>",
            "<your model>",
            "example/model",
            "YOUR_MODEL_NAME",
            "model-name",
            "model_id",
            "dataset",
            "xxx",
            "TODO",
        ),
        *("test-model", "acme/test", "dummy", "fake-model", "mock/x", "n/a", "N/A", "none", "null", "changeme"),
    ],
)
def test_a_placeholder_stands_for_a_name(text: str):
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Qwen/Qwen3-8B", "gpt-4o", "gpt2", "BAAI/bge-m3", "allenai/c4", "myshell-ai/MeloTTS", "microsoft/phi-4"),
        *("openai/whisper-small", "barbet/x", "facebook/bart-large", "nonebot/x", "foobarbaz/model-x", "latest/x"),
        *(
            "hf-internal-testing/tiny-random-bert",
            "sentence-transformers/all-mpnet-base-v2",
            "contest/x",
            "EleutherAI/pile",
        ),
    ],
)
def test_a_name_that_only_resembles_a_placeholder_is_a_name(text: str):
    assert not is_placeholder(text)


# -- hosted models ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("gpt-4o", "openai"),
        ("gpt-3.5-turbo-0125", "openai"),
        ("gpt-5", "openai"),
        ("o1", "openai"),
        ("o3-mini", "openai"),
        ("text-embedding-3-large", "openai"),
        ("text-embedding-ada-002", "openai"),
        ("davinci-002", "openai"),
        ("babbage-002", "openai"),
        ("whisper-1", "openai"),
        ("dall-e-3", "openai"),
        ("ft:gpt-4o-mini-2024-07-18:acme::abc", "openai"),
        ("claude-sonnet-4-5", "anthropic"),
        ("gemini-2.5-pro", "google"),
        ("models/gemini-2.5-pro", "google"),
        ("text-embedding-004", "google"),
        ("mistral-large-latest", "mistral"),
        ("open-mistral-7b", "mistral"),
        ("command-r-plus", "cohere"),
        ("embed-english-v3.0", "cohere"),
        ("deepseek-chat", "deepseek"),
        ("grok-4", "xai"),
        ("voyage-3", "voyage"),
        ("sonar-pro", "perplexity"),
        ("gpt2", None),
        ("gpt-j-6b", None),
        ("gpt-neo", None),
        ("o2", None),
        ("o1x", None),
        ("whisper-1x", None),
        ("mistral-7b-instruct", None),
        ("deepseek-coder-33b", None),
        ("commander", None),
        ("all-MiniLM-L6-v2", None),
        ("my-gpt-4o", None),
        ("", None),
    ],
)
def test_a_family_is_known_by_the_names_of_its_models(name: str, expected: str | None):
    assert expected == hosted_family(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gpt-4o", ("openai", "gpt-4o")),
        ("openai:gpt-4o", ("openai", "gpt-4o")),
        ("openai/gpt-4o", ("openai", "gpt-4o")),
        ("OpenAI/gpt-4o", ("openai", "gpt-4o")),
        ("azure/my-deployment", ("azure", "my-deployment")),
        ("azure_openai:gpt-4o", ("azure", "gpt-4o")),
        ("google_genai:gemini-2.5-pro", ("google", "gemini-2.5-pro")),
        ("vertex_ai/gemini-2.5-pro", ("vertex", "gemini-2.5-pro")),
        ("bedrock/anthropic.claude-v2:1", ("bedrock", "anthropic.claude-v2:1")),
        ("bedrock_converse:anthropic.claude-v2:1", ("bedrock", "anthropic.claude-v2:1")),
        ("ollama/llama3.2:3b", ("ollama", "llama3.2:3b")),
        ("together_ai/meta-llama/Llama-3-8b", ("together", "meta-llama/Llama-3-8b")),
        ("openrouter/anthropic/claude-3.5-sonnet", ("openrouter", "anthropic/claude-3.5-sonnet")),
        ("huggingface/together/deepseek-ai/DeepSeek-R1", ("huggingface", "together/deepseek-ai/DeepSeek-R1")),
        ("llama3.2:3b", ("unknown", "llama3.2:3b")),
        ("acme/some", ("unknown", "acme/some")),
        ("openai/", ("unknown", "openai/")),
        ("/gpt-4o", ("unknown", "/gpt-4o")),
    ],
)
def test_a_prefix_says_who_serves_a_model(text: str, expected: tuple[str, str]):
    assert Named(Kind.MODEL, *expected, hosted=True) == read_hosted(text, "unknown", prefixed=True)


@pytest.mark.parametrize(
    ("text", "provider", "expected"),
    [
        ("openai/gpt-oss-20b", "groq", "openai/gpt-oss-20b"),
        ("groq/llama-3.1-8b-instant", "groq", "llama-3.1-8b-instant"),
        ("llama3.2:3b", "ollama", "llama3.2:3b"),
    ],
)
def test_a_prefix_says_nothing_new_where_the_provider_is_known(text: str, provider: str, expected: str):
    assert Named(Kind.MODEL, provider, expected, hosted=True) == read_hosted(text, provider, prefixed=True)


def test_without_prefixes_a_name_goes_to_its_provider_as_it_is():
    assert Named(Kind.MODEL, "groq", "openai/gpt-oss-20b", hosted=True) == read_hosted(" openai/gpt-oss-20b ", "groq")


@pytest.mark.parametrize("text", ["", " ", "two words", "a\nb", "a\x1b", "x" * 513])
def test_what_no_service_calls_a_model_names_nothing(text: str):
    assert read_hosted(text, "openai") is None


# -- services --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("provider", "host"), [(s.provider, host) for s in services().values() for host in s.hosts], ids=lambda text: text
)
def test_every_host_of_a_service_leads_to_it(provider: str, host: str):
    name = host.replace("*", "us-east-1")

    assert {provider} == {
        provider_of_url(url)
        for url in (
            f"https://{name}/v1",
            f"https://{name.upper()}",
            f"http://u:p@{name}:8443/v1?x=y",
            name,
            f"{name}./v1",
        )
    }
    assert provider != provider_of_url(f"https://{name}.evil.example/v1")
    assert provider != provider_of_url(f"https://evil.example/{name}")
    assert provider != provider_of_url(f"https://{name}@evil.example/")


@pytest.mark.parametrize("service", [s for s in services().values() if s.endpoint], ids=lambda s: s.provider)
def test_the_endpoint_of_a_service_is_its_own(service: Service):
    assert service.provider == provider_of_url(service.endpoint or "")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://acme.openai.azure.com/openai/v1", "azure"),
        ("https://us-central1-aiplatform.googleapis.com/v1", "vertex"),
        ("https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1", "bedrock"),
        ("https://bedrock-mantle.us-east-1.api.aws/v1", "bedrock"),
        ("https://x.execute-api.us-east-1.amazonaws.com/v1", None),
        ("https://bucket.s3.amazonaws.com", None),
        ("http://localhost:11434/v1", "ollama"),
        ("localhost:11434", "ollama"),
        ("http://localhost:1234/v1", "lmstudio"),
        ("http://host.example:1234/v1", None),
        ("http://localhost:8000/v1", None),
        ("https://notapi.openai.com", None),
        ("https://intranet.example/v1", None),
        ("http://host:99999/", None),
        ("http://[::1/", None),
        ("", None),
    ],
)
def test_a_url_leads_to_the_service_of_its_host_alone(url: str, expected: str | None):
    assert expected == provider_of_url(url)


@pytest.mark.parametrize(
    ("prefix", "provider"), [(p, s.provider) for s in services().values() for p in s.prefixes], ids=lambda text: text
)
def test_every_prefix_of_a_service_means_it(prefix: str, provider: str):
    assert provider == provider_of_prefix(prefix) == provider_of_prefix(prefix.upper())


@pytest.mark.parametrize(
    ("text", "provider", "name"),
    [
        ("openai/gpt-4o", "anthropic", ("openai", "gpt-4o")),  # The code parts it before it chooses a client.
        ("openai/gpt-oss-20b", "groq", ("groq", "openai/gpt-oss-20b")),
        ("openai/gpt-4o", "openrouter", ("openrouter", "openai/gpt-4o")),
        ("acme/gpt-4o", "openai", ("openai", "acme/gpt-4o")),
    ],
)
def test_a_provider_in_front_counts_where_the_client_serves_only_its_own(
    text: str, provider: str, name: tuple[str, str]
):
    named = read_hosted(text, provider)

    assert named is not None
    assert name == (named.provider, named.name)
