"""Read the name of a model or a dataset as its provider does."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from attrs import evolve, field, frozen

from aibom.bill import Kind
from aibom.expressions import expression
from aibom.knowledge import owners, services

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Named",
    "has_id_shape",
    "has_weights_suffix",
    "host_of",
    "hosted_by_owner",
    "hosted_family",
    "hub_link",
    "is_address",
    "is_any",
    "is_every_address",
    "is_model_archive",
    "is_namespace",
    "is_only",
    "is_picture",
    "is_placeholder",
    "is_plain",
    "is_published",
    "is_revision",
    "is_short_for",
    "is_weights",
    "leads_to_hub",
    "of_outside",
    "provider_in",
    "provider_of_prefix",
    "provider_of_url",
    "read_azure",
    "read_hosted",
    "read_name",
    "read_own",
    "read_prefixed",
    "read_weights_url",
    "says_model",
    "span",
    "without_secrets",
]

# huggingface_hub.utils.validate_repo_id: 1 to 96 characters, no "--" or "..", not ending in ".git" or ".ipynb".
_PART: Final = expression(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?")
_HUB_HOSTS: Final = frozenset({"huggingface.co", "www.huggingface.co", "hf.co", "hf-mirror.com"})
_HUB_PREFIX: Final = expression(
    r"(?:hf://|djl://ai\.djl\.huggingface\.\w+/|hf[-_]hub:|hf:(?=[\w.-]+/)|huggingface://|hf\.co/|huggingface\.co/)"
)
_HUB_PAGES: Final = frozenset(
    {
        *(
            "api",
            "blog",
            "brand",
            "buckets",
            "changelog",
            "chat",
            "collections",
            "docs",
            "enterprise",
            "join",
            "kernels",
        ),
        *("course", "transformers", "inference-endpoints", "hub", "privacy", "notifications"),
        *("languages", "learn", "login", "new", "organizations", "papers", "posts", "pricing", "security", "settings"),
        *("spaces", "storage", "support", "tasks", "terms-of-service", "welcome"),
    }
)
"""What stands first in the path of a page of the Hub that is neither a model nor a dataset."""
_HUB_VERBS: Final = frozenset({"resolve", "blob", "tree", "raw", "commit", "commits", "blame", "discussions"})
_SCHEME: Final = expression(r"[A-Za-z][A-Za-z0-9+.-]*://")
_DRIVE: Final = expression(r"[A-Za-z]:[\\/]")
_ADDRESS: Final = expression(r"[^/\\]*(?::[^/\\]*@|@[^/\\]*:)|data:")
"""``user:password@host/path``, ``git@host:path`` and ``data:``; none of them is a path."""
_NO_OWNERS: Final = frozenset(
    {
        # The first parts of media types (IANA): image/png.
        *("application", "audio", "font", "image", "message", "multipart", "text", "video"),
        # Names of folders, some of which the Hub keeps for its own pages: models/bert.
        *("model", "models", "dataset", "datasets", "data", "checkpoint", "checkpoints", "ckpt", "ckpts", "weights"),
        *("output", "outputs", "result", "results", "runs", "logs", "saved_model", "saved_models", "tmp", "src"),
    }
)
_FILE_SUFFIX: Final = expression(
    r"\.(?:safetensors|gguf|llamafile|ggml|onnx|pt|pth|ckpt|bin|h5|hdf5|keras|tflite|mlmodel|pb|pkl|pickle|joblib|npz|npy|msgpack|tar|gz|zip|json|jsonl"
    r"|ya?ml|csv|tsv|parquet|txt|model|ort|engine|xml|t7|caffemodel|jit|torchscript|nemo|pdparams|py|md|html?|png|jpe?g|gif|svg|wav|mp[34]|js|ts|css|toml|cfg|ini|sh|log|pdf)$",
    re.IGNORECASE,
)
_PICTURE: Final = expression(r"\.(?:png|jpe?g|gif|svg|webp|ico|mp4|webm)$", re.IGNORECASE)
_WEIGHTS_SUFFIX: Final = expression(
    r"\.(?:safetensors|gguf|llamafile|ggml|onnx|pth?|pth\.tar|ckpt|h5|keras|tflite|mlmodel|pb|t7|caffemodel|torchscript|jit|bin|npz|th|nemo|pdparams|task|litertlm)(?:\.zip)?$",
    re.IGNORECASE,
)
"""Endings of files of weights."""
_ANY_WEIGHTS: Final = expression(
    r"(?:(?:(?:pytorch|tf|flax|jax|keras|torch|onnx|openvino|diffusion|diffusers|adapter|lora|saved|trained|pretrained|finetuned|converted"
    r"|quantized|exported|frozen|final|best|last|latest|new|my|the|full|base|main|encoder|decoder|text|vision|audio|image|vae|unet)_)*"
    r"(?:model|weights?|checkpoint|latest|best|last|final))?(?:[._-](?:fp16|quantized|int8|q4))*\.\w+",
    re.IGNORECASE,
)
"""Names that the files of weights of any model have."""
_STATES: Final = frozenset(
    {
        *("optimizer", "optim", "scheduler", "scaler", "rng", "state", "states", "args", "trainer", "training", "loss"),
        *("data", "dataset", "train", "test", "valid", "val", "dev", "eval", "features", "feature", "embeddings"),
        *("embedding", "embeds", "labels", "vocab", "vocabulary", "tokenizer", "stats", "mean", "std", "index"),
        *(
            "cache",
            "cached",
            "tensor",
            "tensors",
            "matrix",
            "buffer",
            "results",
            "result",
            "output",
            "outputs",
            "samples",
        ),
    }
)
"""
Words of files that training and evaluation save beside models; read by hand, 2026-11: those of the Trainer of
transformers (optimizer.pt, scheduler.pt, scaler.pt, rng_state.pth, training_args.bin), and of data that is saved alike.
"""
_HOLE: Final = expression(r"[{}*]|%[sd]")
"""What stands in a text where something else is put in."""
_ADDRESS_WORDS: Final = frozenset({"baseurl", "baseuri", "apibase", "openaiapibase", "openaibaseurl", "apihost"})
_FURTHER_WORDS: Final = frozenset({"endpoint", "serverurl", "apiurl", "fromurl", "basepath"})
_ANY_DATA: Final = expression(
    r"(?:(?:train(?:ing)?|test|eval|valid(?:ation)?|val|dev|data|dataset|corpus|samples?|examples?|index)[._-]?){0,2}\.\w+(?:\.gz)?",
    re.IGNORECASE,
)
"""Names that the files of data of any dataset have."""
_MODEL_ARCHIVE: Final = expression(
    r"(?:/(?:[\w.-]*[_-])?models?(?:[_-]zoo)?/(?:.*/)?[^/]*|/(?:pretrained\w*|checkpoints?|ckpts?|weights)/(?:.*/)?[^/]*"
    r"|/(?:[^/]*[_-])?(?:models?|weights|ckpt|checkpoint|pretrained)[_.-][^/]*|_infer)\.(?:zip|tar|tgz|tar\.(?:gz|bz2|xz))$",
    re.IGNORECASE,
)
"""Links to archives that say that a model is in them: in a folder of models, or called one."""
_PLAIN_TRANSFORMERS: Final = expression(
    r"(?:albert-(?:base|large|xlarge|xxlarge)-v[12]|bert-(?:base|large)-(?:(?:un)?cased|chinese|german-\w+|multilingual-(?:un)?cased)"
    r"(?:-whole-word-masking(?:-finetuned-squad)?|-finetuned-\w+)?|camembert-base|ctrl|distil(?:bert-base-[\w-]+|gpt2|roberta-base)"
    r"|gpt2(?:-(?:medium|large|xl))?|openai-gpt|roberta-(?:base|large)(?:-\w+)*|t5-(?:small|base|large|3b|11b)|transfo-xl-wt103"
    r"|xlm-(?:clm|mlm)-[\w-]+|xlm-roberta-(?:base|large(?:-[\w-]+)?)|xlnet-(?:base|large)-cased)"
)
"""Names without an owner that SentenceTransformer does not prefix (its basic_transformer_models, 5.x)."""
_FORMATS: Final = frozenset(
    {
        *("json", "csv", "parquet", "text", "xml", "arrow", "pandas", "hdf5", "lance", "eval", "webdataset"),
        *(
            "imagefolder",
            "audiofolder",
            "videofolder",
            "pdffolder",
            "niftifolder",
            "sql",
            "spark",
            "generator",
            "cache",
        ),
    }
)
"""Names of `datasets.load_dataset` that mean a file format (datasets.packaged_modules, 4.x)."""

_PLACEHOLDER: Final = expression(
    r"(?:^|[^a-z])(?:your|my|some|foo|bar|baz|dummy|fake|mock|placeholder|changeme|todo|xxx+|example|user|username|org|namespace|owner|repo)"
    r"(?:$|[^a-z])|^<.*>$|^(?:n/?a|none|null|tbd)$|^test[-_/]|[-_/]test$|(?:^|/)path/to(?:/|$)|^(?:model|dataset)[-_]?(?:name|id|v?\d+)?$",
    re.IGNORECASE,
)

_PLACEHOLDER_LINK: Final = expression(
    r"://(?:[\w-]+\.)*example(?:\.\w+)?(?:$|[:/])|[/._-](?:your|placeholder|changeme|xxx+|foo|bar)(?:$|[/._-])"
    r"|[<>]|/(?:owner|user(?:name)?|org)/",
    re.IGNORECASE,
)
"""The same in a link: the words of hosts and folders, such as the ``org`` of ``pytorch.org``, do not count."""

_OWN: Final[Mapping[str, re.Pattern[str]]] = {
    provider: expression(pattern)
    for provider, pattern in {
        "coqui": r"(?P<name>(?:tts_models|vocoder_models|voice_conversion_models)(?:/[\w.-]+){3}|xtts[\w.-]*)",
        "gpt4all": r"(?P<name>[\w.-]+?(?:\.gguf|\.bin)?)",
        "kaggle": r"(?P<name>[\w.-]+(?:/[\w.-]+(?:/(?!versions/)[\w.-]+/[\w.-]+)?)?)"
        r"(?:/(?:versions/)?(?P<revision>\d+))?",
        "keras": r"(?P<name>[A-Za-z][\w.-]*)",
        "mlflow": r"(?P<name>(?:models|runs|mlflow-artifacts|m-[\w-]+):/.+)",
        "modelscope": r"(?P<name>[\w.-]+(?:/[\w.-]+)?)",
        "nltk": r"(?:(?:tokenizers|corpora|taggers|models|chunkers|stemmers|sentiment|grammars|misc|help)/)?"
        r"(?P<name>[A-Za-z][\w-]+)(?:\.zip)?(?:/.*)?",
        "openclip": r"(?P<name>[\w.-]+(?:/[\w.-]+)?)",
        "spacy": r"(?P<name>[a-z]{2,3}_[a-z]\w*?)(?:-(?P<revision>\d[\w.]*))?",
        "stanza": r"(?P<name>[a-z]{2,3}(?:-[a-z]+)*|multilingual)",
        "tfhub": r"https?://(?:tfhub\.dev|(?:www\.)?kaggle\.com/models)/"
        r"(?P<name>[\w./-]+?)(?:/(?P<revision>\d+))?/?(?:\?.*)?",
        "torchhub": r"(?P<name>[\w.-]+/[\w.-]+)(?::(?P<revision>[\w./-]+))?",
        "ultralytics": r"(?P<name>(?:yolo(?:v?\d+|e-\w+|_nas_)[a-z]{0,2}\d?u?|sam[\d.]*_\w+|mobile_sam|FastSAM-[sx]"
        r"|rtdetr-[lx])"
        r"(?:-(?:cls|seg|sem|pose|obb|oiv7|world|worldv2|pf|spp|tiny|p6|depth|distill))*(?:\.pt)?"
        r"|(?:Argoverse|DOTAv1(?:\.5)?|GlobalWheat2020|ImageNet|Objects365|SKU-110K|VOC|VisDrone|african-wildlife|brain-tumor"
        r"|carparts-seg|coco(?:8|128)?(?:-pose|-seg)?|crack-seg|dog-pose|dota8|hand-keypoints|lvis|open-images-v7|package-seg"
        r"|signature|tiger-pose|xView)\.yaml)",
        "wandb": r"(?P<name>[\w.-]+(?:/[\w.-]+){0,2}):(?P<revision>[\w.-]+)",
        "whisper": r"(?P<name>(?:distil-)?(?:tiny|base|small|medium|large|turbo)(?:[.-][\w.-]+)?)",
    }.items()
}
"""What a library takes for a name of its own, whatever it looks like; anything else is a path."""
_TORCHAUDIO: Final = expression(
    r"(?:WAV2VEC2|HUBERT|WAVLM|VOXPOPULI|MMS|EMFORMER|TACOTRON2|CONVTASNET|HDEMUCS|SQUIM|VGGISH)(?:_[A-Z\d]+)+"
)
"""Bundles of torchaudio.pipelines (2.x), which code gives to a loader of the Hub when they are none."""
_IN_HUB: Final = expression(
    r"(?:https?://(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com)/|hf://|hf[-_]hub:)(?:datasets/)?(?P<name>[\w.-]+/[\w.-]+)"
)
_IN_NLTK: Final = expression(r"(?:tokenizers|corpora|taggers|chunkers|stemmers|sentiment|grammars)/(?P<name>[\w-]+)/")
_NLTK_MODELS: Final = expression(r"(?:punkt|averaged_perceptron|maxent_|universal_tagset|rslp|word2vec|bllip|moses)\w*")
"""Packages of NLTK with a trained model in them; its others are corpora and lexicons."""

_CLOSED: Final = frozenset({"openai", "anthropic", "google", "xai", "perplexity"})
"""Providers whose models of these families are not on the Hub."""


_NO_MODELS: Final = frozenset({"auto", "custom", "default", "none", "null", "unknown"})
"""What stands where a name is to be put in later."""

_OWN_MODELS: Final = frozenset(
    {"ai21", "anthropic", "cerebras", "cohere", "deepseek", "google", "groq", "mistral", "openai", "perplexity", "xai"}
)
"""Providers that serve no hosted model of another one."""

_SERVERS: Final = frozenset({"unknown", "vllm", "lmstudio"})
"""Servers of one's own, which serve what is on the Hub by the name that it has there."""
_LM_STUDIO: Final = expression(r"(?P<name>[^/]+/[^/]+)/[^/]+\.gguf", re.IGNORECASE)
"""A file in a repository of the Hub, as LM Studio names what it serves."""
_FORMS: Final = {
    "lmstudio": _LM_STUDIO,
    "replicate": expression(r"(?P<name>[a-z0-9][\w.-]*/[\w.-]+):(?P<revision>[0-9a-f]{64})"),
}
"""How names are written that say more: Replicate has owner/name:version (replicate.com/docs/topics/models/versions)."""
_ARN: Final = expression(r"arn:aws[\w-]*:(?P<service>bedrock|sagemaker):.*/")


@frozen
class Named:
    """What a name turned out to be."""

    kind: Kind
    provider: str
    name: str
    revision: str | None = None
    hosted: bool = False
    source: str | None = field(default=None, repr=False)
    """The link that leads to the file *name*, where its path alone does not name it."""


def has_id_shape(text: str) -> bool:
    """
    Tell whether *text* has the shape of a repository id with its owner.

    An owner with a dot is a host far more often than an account, and one like ``image`` or ``models`` belongs to a
    media type or a folder.

    >>> has_id_shape("BAAI/bge-m3"), has_id_shape("gpt2"), has_id_shape("models/a.onnx"), has_id_shape("@scope/package")
    (True, False, False, False)
    """
    owner = text.partition("/")[0]
    return _is_id(text) and not _FILE_SUFFIX.search(text) and "." not in owner and owner.lower() not in _NO_OWNERS


def _is_id(text: str) -> bool:
    """Tell whether the Hub would take *text* for an id with its owner."""
    owner, slash, name = text.partition("/")
    return bool(slash) and _is_part(owner) and _is_part(name) and not (owner.isdecimal() and name.isdecimal())


def _is_part(text: str) -> bool:
    return (
        _PART.fullmatch(text) is not None
        and "--" not in text
        and ".." not in text
        and not text.endswith((".git", ".ipynb"))
    )


def is_placeholder(text: str) -> bool:
    """
    Tell whether *text* stands where somebody should write a name.

    >>> is_placeholder("your-org/your-model"), is_placeholder("test-model"), is_placeholder("Qwen/Qwen3-8B")
    (True, True, False)
    >>> is_placeholder("https://example.com/a.pt"), is_placeholder("https://download.pytorch.org/a.pt")
    (True, False)
    """
    if "://" in text:
        return _PLACEHOLDER_LINK.search(text) is not None
    if owners().get(text.partition("/")[0].lower()) is not None:  # ggml-org is somebody.
        text = text.partition("/")[2]
    return _PLACEHOLDER.search(text) is not None


def is_picture(url: str) -> bool:
    """
    Tell whether *url* leads to a picture or a film, which the Hub serves to pages that are not about its repository.

    >>> is_picture("https://huggingface.co/datasets/acme/pictures/resolve/main/logo.svg?raw=true")
    True
    """
    return _PICTURE.search(url.partition("?")[0].partition("#")[0]) is not None


_NO_REVISION: Final = expression(r"[\x00-\x20\x7f~^:?*\[\\\ud800-\udfff]|\.\.|@\{|//|(?:^|/)\.|^-|^/|/$|\.(?:lock)?$")
"""What stands in no name of a branch or a tag: git-check-ref-format(1), and what no file and no address can hold."""


def is_revision(text: str) -> bool:
    """
    Tell whether *text* may be the name of a branch or a tag, or a commit, of a repository of git.

    >>> [is_revision(text) for text in ("main", "a/b", "refs/pr/1", "v1.0", "86b5e09", "", "..", "a b", "../main")]
    [True, True, True, True, True, False, False, False, False]
    """
    return 0 < len(text) <= _LONGEST_REVISION and not _NO_REVISION.search(text)


_LONGEST_REVISION: Final = 200


def without_secrets(url: str) -> str:
    """
    Return *url* without user, password, query and fragment.

    >>> without_secrets("https://me:pw@host.example/a/b.onnx?token=1#x")
    'https://host.example/a/b.onnx'
    """
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit((parts.scheme, host, parts.path, "", ""))
    except ValueError:
        return url.partition("?")[0].partition("#")[0].rpartition("@")[2]


def host_of(url: str) -> str:
    """
    Return the host that *url* leads to, with the port that it names; empty when it has none.

    >>> host_of("http://me:pw@gpu-box:8000/v1"), host_of("nowhere")
    ('gpu-box:8000', '')
    """
    try:
        return urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        return ""


def provider_of_url(url: str) -> str | None:
    """
    Return the provider whose host *url* names, or None.

    >>> provider_of_url("https://api.groq.com/openai/v1"), provider_of_url("https://intranet.example/v1")
    ('groq', None)
    """
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if port == 1234 and host in {"localhost", "127.0.0.1"}:  # noqa: PLR2004 - LM Studio's own port
        return "lmstudio"
    if port == 11434:  # noqa: PLR2004 - Ollama's own port
        return "ollama"
    for service in services().values():
        if any(fnmatchcase(host, h) for h in service.hosts):
            return service.provider
    return None


def hosted_family(name: str) -> str | None:
    """
    Return the provider that gives its hosted models names like *name*, or None.

    >>> hosted_family("gpt-4o"), hosted_family("claude-3-5-haiku-latest"), hosted_family("all-MiniLM-L6-v2")
    ('openai', 'anthropic', None)
    """
    if _any_family().match(name) is None:  # Most names are of none.
        return None
    return next((provider for provider, pattern in _families() if pattern.match(name)), None)


@cache
def _any_family() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{service.models})" for service in services().values() if service.models))


@cache
def _families() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((s.provider, re.compile(s.models)) for s in services().values() if s.models)


def hosted_by_owner(text: str) -> str | None:
    """
    Return the provider that *text* begins with, when what follows is one of its hosted models; None otherwise.

    No such repository is on the Hub: routers such as OpenRouter and LiteLLM write names so.

    >>> hosted_by_owner("google/gemini-2.0-flash"), hosted_by_owner("openai/gpt-oss-20b"), hosted_by_owner("google/mt5")
    ('google', None, None)
    """
    owner, _, name = text.partition("/")
    provider = provider_of_prefix(owner)
    closed = provider in _CLOSED and hosted_family(name) == provider and not name.startswith("gpt-oss")
    return provider if closed else None


def read_name(text: str, kind: Kind, *, flags: frozenset[str] = frozenset(), bare: str | None = None) -> Named | None:
    """
    Read *text* as the Hub's libraries read it: an id, a URL, or a path on disk; None when it names nothing.

    Nothing of the machine goes into the result: a path stays as it is written. Credentials of a URL stay out.
    *bare* is the owner of a name without one, where the library itself does so.

    >>> read_name("all-MiniLM-L6-v2", Kind.MODEL, bare="sentence-transformers").name
    'sentence-transformers/all-MiniLM-L6-v2'
    >>> named = read_name("hf://datasets/stanfordnlp/imdb@main", Kind.MODEL)
    >>> named.kind, named.name, named.revision
    (<Kind.DATASET: 'dataset'>, 'stanfordnlp/imdb', 'main')
    """
    text = text.strip()
    if not text.isprintable() or len(text) > 2048:  # noqa: PLR2004 - longer than any URL that works
        return None
    if not text or ("formats" in flags and text in _FORMATS) or _ADDRESS.match(text):
        return None
    if hub := _HUB_PREFIX.match(text):
        return _read_hub_path(text[hub.end() :], kind)
    if _SCHEME.match(text):
        return _read_url(text, kind)
    if _is_path(text):
        return Named(kind, "local", text) if text.strip("./\\~") else None  # "./" is a folder, whatever is in it.
    if _is_id(text):
        return Named(kind, "huggingface", text)
    if _TORCHAUDIO.fullmatch(text):
        return Named(kind, "torchaudio", text)
    if len(text) > 1 and _is_part(text) and not _FILE_SUFFIX.search(text) and not text.isdecimal():
        plain = bare is None or _PLAIN_TRANSFORMERS.fullmatch(text) is not None
        return Named(kind, "huggingface", text if plain else f"{bare}/{text}")
    return None


def read_own(text: str, kind: Kind, provider: str, *, hub_ids: bool = False) -> Named | None:
    """
    Read *text* as a library does that has names of its own, under *provider*; None when it names nothing.

    With *hub_ids*, a name with an owner is an id of the Hub.

    >>> read_own("pytorch/vision:v0.10.0", Kind.MODEL, "torchhub")
    Named(kind=<Kind.MODEL: 'model'>, provider='torchhub', name='pytorch/vision', revision='v0.10.0', hosted=False)
    >>> read_own("Systran/faster-whisper-tiny", Kind.MODEL, "whisper", hub_ids=True).provider
    'huggingface'
    """
    text = text.strip()
    if text.startswith("kaggle://"):
        provider, text = "kaggle", text.removeprefix("kaggle://")
    if not text or len(text) > 512 or not text.isprintable() or " " in text:  # noqa: PLR2004 - longer than any name
        return None
    own = _OWN.get(provider)
    if own is not None and not _is_plain_path(text) and (found := own.fullmatch(text)):
        if provider == "nltk":
            kind = Kind.MODEL if _NLTK_MODELS.fullmatch(found["name"]) else Kind.DATASET
        return Named(kind, provider, found["name"], found.groupdict().get("revision"))
    named = read_name(text, kind)
    if named is None or named.provider == "unknown" or _HUB_PREFIX.match(text) or "://" in text:
        return named
    if named.provider == "local":
        return None if provider == "ultralytics" and text.endswith((".yaml", ".yml")) else named
    if "/" in text:
        return named if hub_ids else Named(kind, "local", text)
    return Named(kind, provider, text) if own is None else None


def span(text: str) -> tuple[int, int]:
    """
    Return where in *text* the name stands: what is written there decides which model it is.

    >>> text = "https://huggingface.co/acme/voice/resolve/main/voice.bin"
    >>> text[slice(*span(text))]
    'acme/voice'
    >>> [t[slice(*span(t))] for t in ("tokenizers/punkt_tab/english.pickle", "https://host.example/a/b.onnx", "gpt2")]
    ['punkt_tab', 'b.onnx', 'gpt2']
    """
    found = _IN_HUB.match(text) or _IN_NLTK.match(text)
    return found.span("name") if found else (text.rstrip("/").rfind("/") + 1, len(text))


def hub_link(text: str) -> str | None:
    """
    Return the part of *text* that is a link to a repository, when more follows it, or may; None when it is none.

    >>> hub_link("https://huggingface.co/acme/voice/resolve/main/voices/"), hub_link("https://huggingface.co/acme/vo")
    ('https://huggingface.co/acme/voice', None)
    """
    found = _IN_HUB.match(text)
    return text[: found.end()] if found and text[found.end() : found.end() + 1] == "/" else None


def is_model_archive(url: str) -> bool:
    """
    Tell whether *url* leads to an archive that says that a model is in it.

    >>> is_model_archive("https://host.example/v1_models/voice.zip"), is_model_archive("https://host.example/voice.zip")
    (True, False)
    """
    return _MODEL_ARCHIVE.search(url.partition("://")[2].partition("?")[0]) is not None


def read_weights_url(text: str, kind: Kind) -> Named | None:
    """
    Read *text* as a link to a file of weights, or to the Hub; None when it is no such link.

    >>> read_weights_url("https://example.org/u2net.onnx?raw=1", Kind.MODEL).name
    'https://example.org/u2net.onnx'
    >>> read_weights_url("https://example.org/get?id=v1/u2net.onnx&token=1", Kind.MODEL).name
    'u2net.onnx'
    >>> read_weights_url("https://example.org/models/small-en.zip", Kind.MODEL).name
    'https://example.org/models/small-en.zip'
    >>> [read_weights_url(f"https://example.org/{p}", Kind.MODEL) for p in ("data.zip", "a_model_b/a.zip", ".onnx")]
    [None, None, None]
    """
    named = read_name(text, kind) if _SCHEME.match(text.strip()) else None
    if named is None or named.provider == "local":
        return None
    if named.provider == "huggingface":
        return named
    last = named.name.rpartition("/")[2]
    if last.startswith(".") or _HOLE.search(last):  # What comes before the ending is not known.
        return None
    if _WEIGHTS_SUFFIX.search(named.name):
        return named
    return named if kind is Kind.MODEL and is_model_archive(named.name) else None


def told_apart(kind: Kind, provider: str, name: str) -> tuple[str, str]:
    """
    Return what people call the thing that was found as *name*, and the place that tells it from others so called.

    A file that is fetched from an address, or that lies in the tree, is called as the file is, unless any could be
    called so. Everything else has no place: its name is its identity.

    >>> told_apart(Kind.MODEL, "unknown", "https://host.example/whisper/tiny.pt")
    ('tiny.pt', 'https://host.example/whisper/tiny.pt')
    >>> told_apart(Kind.MODEL, "local", "out/tone.onnx"), told_apart(Kind.MODEL, "local", "out/best.pt")
    (('tone.onnx', 'out/tone.onnx'), ('out/best.pt', ''))
    """
    if kind not in {Kind.MODEL, Kind.DATASET} or provider not in {"unknown", "local"}:
        return name, ""
    if "://" in name:
        _, slash, path = name.partition("://")[2].partition("/")
        last = unquote(path.rstrip("/").rpartition("/")[2]) if slash else ""
    else:
        last = name.replace("\\", "/").rpartition("/")[2]
    # What is no file, such as a folder of a server, says too little by its last part.
    ends = _FILE_SUFFIX.search(last) or _WEIGHTS_SUFFIX.search(last)
    is_file = last != name and "/" not in last and last.isprintable() and ends is not None
    if not is_file or is_any(last) or _ANY_DATA.fullmatch(last):
        return name, ""
    return last, name.removeprefix("./")


def is_every_address(text: str) -> bool:
    """
    Tell whether a server that is bound to *text* listens at every address of its machine.

    >>> [is_every_address(text) for text in ("0.0.0.0", "http://0.0.0.0:11434", "[::]:8000", "127.0.0.1", "model")]
    [True, True, True, False, False]
    """
    return _EVERYWHERE.fullmatch(text.strip()) is not None


_EVERYWHERE: Final = expression(r"(?:(?:https?|tcp)://)?(?:0\.0\.0\.0|\[::\]|::)(?::\d+)?/?")


def is_published(port: str) -> bool:
    """
    Tell whether *port*, as ``docker run -p`` and compose files take it, is one of every address of the machine.

    >>> [is_published(port) for port in ("11434:11434", "8000", "127.0.0.1:80:80", "${PORT:-80}:80/tcp", "[::1]:1:1")]
    [True, True, False, True, False]
    """
    plain = re.sub(r"\$\{[^{}]*\}|\$\w+", "0", port.strip().partition("/")[0])
    host, colon, _ = plain.rpartition(":")[0].rpartition(":")
    return bool(_PORTS.fullmatch(plain)) and (not colon or is_every_address(host))


_PORTS: Final = expression(r"(?:(?:[\d.]+|\[[\da-fA-F:]*\])?:)?(?:[\d-]*:)?[\d-]+")


def says_model(path: str) -> bool:
    """
    Tell whether a *path* has a word by which a pickle, or an array, is taken for a model and not for other data.

    >>> says_model("models/churn.pkl"), says_model("cache/orders.pkl"), says_model("remodel.pkl")
    (True, False, False)
    """
    return _SAYS_MODEL.search(path) is not None


_SAYS_MODEL: Final = expression(
    r"(?i)(?:^|[\W_])(?:models?|weights?|checkpoints?|ckpts?|classifiers?|pretrained)(?:$|[\W_\d])"
)


def has_weights_suffix(text: str) -> bool:
    """
    Tell whether *text*, a path or an address, ends as files of weights do.

    >>> has_weights_suffix("models/silero_vad.onnx"), has_weights_suffix("notes.txt")
    (True, False)
    """
    return _WEIGHTS_SUFFIX.search(text) is not None


def is_any(name: str) -> bool:
    """
    Tell whether *name*, of a file of weights, is one that the files of any model have.

    >>> is_any("diffusion_pytorch_model.fp16.bin"), is_any("silero_vad.onnx"), is_any("age_model_weights.h5")
    (True, False, False)
    """
    return _ANY_WEIGHTS.fullmatch(name) is not None


def is_address(name: str, *, further: bool = False) -> bool:
    """
    Tell whether an argument, a key or a method called *name* says where a client goes.

    With *further*, also the words of languages whose clients are made by builders and options; in Python these mean
    more besides.

    >>> [is_address(name) for name in ("baseURL", "with_api_base", "WithBaseURL", "endpoint")]
    [True, True, True, False]
    >>> is_address("Endpoint", further=True)
    True
    """
    plain = name.replace("_", "").lower()
    plain = plain.removeprefix("with").removeprefix("set")
    return plain in _ADDRESS_WORDS or (further and plain in _FURTHER_WORDS)


def is_only(name: str) -> bool:
    """
    Tell whether *name* is that of a file of weights which says of what: there is hardly a second one in a tree.

    >>> is_only("silero_vad.onnx"), is_only("model.onnx"), is_only("gpt2")
    (True, False, False)
    """
    return has_weights_suffix(name) and not is_any(name) and "/" not in name


def is_weights(path: str) -> bool:
    """
    Tell whether *path* is that of a file of weights which says of what, and not of something else that was saved.

    Beside weights, training keeps its own state and data in files of the same endings.

    >>> is_weights("~/.u2net/u2net.pth"), is_weights("out/optimizer.pt"), is_weights("features_train.pt")
    (True, False, False)
    """
    last = path.replace("\\", "/").rpartition("/")[2]
    return is_only(last) and not _STATES & set(re.split(r"[^a-z]+", last.lower()))


def is_short_for(alias: str, name: str) -> bool:
    """
    Tell whether *alias*, a key of a registry, is another way to say the *name* that stands there.

    >>> is_short_for("blip-large", "Salesforce/blip-image-captioning-large"), is_short_for("yolox", "acme/yolo_x")
    (True, True)
    >>> is_short_for("default", "acme/yolo_x_layout"), is_short_for("de", "acme/voice-de")
    (False, False)
    """
    last = re.sub(r"[^a-z0-9]", "", name.lower().rpartition("/")[2])
    pieces = re.findall(r"[a-z0-9]+", alias.lower())
    whole = "".join(pieces)
    return (len(whole) > 2 and whole in last) or any(len(p) > 3 and p in last for p in pieces)  # noqa: PLR2004 - shorter ones say nothing


def of_outside(named: Named) -> Named | None:
    """
    Return what a file of weights is called that lies outside of the tree; None for all else.

    Where a machine keeps a file does not say which it is: its name does, as it does for a file that is downloaded.

    >>> of_outside(Named(Kind.MODEL, "local", "~/.cache/tool/u2net.onnx")).name
    'u2net.onnx'
    >>> [of_outside(Named(Kind.MODEL, "local", p)) for p in ("models/u2net.onnx", "/data/llama", "/opt/model.onnx")]
    [None, None, None]
    """
    text = named.name.replace("\\", "/")
    last = text.rpartition("/")[2]
    away = named.provider == "local" and (text.startswith(("/", "~", "$", "%")) or _DRIVE.match(text) is not None)
    if not away or not has_weights_suffix(last) or is_any(last):
        return None
    return evolve(named, provider="unknown", name=last)


def leads_to_hub(text: str) -> bool:
    """
    Tell whether *text* says by itself that it is to be found on the Hub.

    >>> leads_to_hub("hf-hub:timm/vit_base"), leads_to_hub("timm/vit_base")
    (True, False)
    """
    return _HUB_PREFIX.match(text.strip()) is not None or "://" in text


def read_azure(text: str) -> Named | None:
    """
    Return the model of a registry of Azure Machine Learning that *text*, an ``azureml`` address, leads to.

    Source: learn.microsoft.com/azure/machine-learning, "azureml" addresses of YAML schemas.

    >>> read_azure("azureml://registries/azureml/models/Phi-4/versions/3").name
    'azureml/Phi-4'
    """
    found = _AZURE_MODEL.fullmatch(text)
    return Named(Kind.MODEL, "azure", f"{found[1]}/{found[2]}", found[3]) if found else None


_AZURE_MODEL: Final = expression(r"azureml://registries/([\w-]+)/models/([\w.-]+)(?:/(?:versions|labels)/([\w.-]+))?/?")


def _is_plain_path(text: str) -> bool:
    """Tell whether *text* can only be a path."""
    start = text.startswith(("/", "./", "../", "~", ".\\", "\\"))
    return start or _DRIVE.match(text) is not None or text in {".", ".."}


def _is_path(text: str) -> bool:
    if _is_plain_path(text):
        return True
    if " " in text:
        return False
    owner, slash, _ = text.partition("/")
    return (
        "\\" in text
        or text.count("/") > 1
        or text.endswith("/")
        or bool(slash and owner.lower() in _NO_OWNERS)
        or _FILE_SUFFIX.search(text) is not None
    )


def _read_url(url: str, kind: Kind) -> Named | None:
    clean = without_secrets(url)
    scheme, _, rest = clean.partition("://")
    host, _, path = rest.partition("/")
    if not path.strip("/"):
        return None
    if scheme.lower() == "file":
        return Named(kind, "local", clean)
    if host.partition(":")[0].lower() in _HUB_HOSTS:
        return _read_hub_path(path, kind)
    if host and not _WEIGHTS_SUFFIX.search(clean):  # https://host.example/models?id=v1/crnn.pt&raw=1
        for key, value in parse_qsl(url.partition("#")[0].partition("?")[2]):
            if _WEIGHTS_SUFFIX.search(value) and value.isprintable() and "://" not in value:
                return Named(kind, "unknown", value.rpartition("/")[2], source=f"{clean}?{key}={value}")
    return Named(kind, "unknown", clean) if host else None


def _read_hub_path(path: str, kind: Kind) -> Named | None:
    """Read ``[datasets/]owner/name[@revision][/resolve/revision][/file]``; what the Hub moved has no owner."""
    pieces = path.strip("/").split("/")
    if pieces[0] in {"datasets", "models"}:
        kind = Kind.DATASET if pieces.pop(0) == "datasets" else kind
    if not pieces or pieces[0] in _HUB_PAGES:
        return None
    alone = "@" in pieces[0] or len(pieces) == 1 or (len(pieces) > 2 and pieces[1] in _HUB_VERBS)  # noqa: PLR2004 - gpt2/resolve/main
    last = 0 if alone else 1
    pieces[last], _, revision = pieces[last].partition("@")
    pieces[last] = pieces[last].partition(":")[0]  # org/name-GGUF:Q4_K_M, as llama.cpp and Ollama choose a file.
    rest = pieces[last + 1 :]
    if not revision and len(rest) > 1 and rest[0] in _HUB_VERBS - {"discussions"}:
        revision, rest = rest[1], rest[2:]
    if revision == "refs" and len(rest) > 1:  # refs/pr/1, which the Hub also takes unencoded
        revision = "/".join(["refs", *rest[:2]])
    name = "/".join(pieces[: last + 1]).removesuffix(".git")
    if not (_is_id(name) if last else _is_part(name)):
        return None
    revision = unquote(revision)
    return Named(kind, "huggingface", name, revision if revision and revision.isprintable() else None)


def read_hosted(text: str, provider: str, *, prefixed: bool = False) -> Named | None:
    """
    Read *text* as the name of a model behind the API of *provider*; None when it cannot be one.

    With *prefixed*, a ``provider/`` or ``provider:`` in front says who serves it, unless *provider* says so already.

    >>> read_hosted("groq/llama-3.1-8b-instant", "unknown", prefixed=True)
    Named(kind=<Kind.MODEL: 'model'>, provider='groq', name='llama-3.1-8b-instant', revision=None, hosted=True)
    >>> read_hosted("acme/embed-GGUF/embed.f16.gguf", "lmstudio")
    Named(kind=<Kind.MODEL: 'model'>, provider='huggingface', name='acme/embed-GGUF', revision=None, hosted=False)
    """
    text = text.strip()
    if not text or len(text) > 512 or not text.isprintable() or " " in text:  # noqa: PLR2004 - longer than any name that works
        return None
    if "://" in text:
        return Named(Kind.MODEL, provider, without_secrets(text), hosted=True)
    if arn := _ARN.match(text):  # The number of an account goes no further.
        return Named(Kind.MODEL, arn["service"], text.rpartition("/")[2], hosted=True)
    if text.lower() in {*_NO_MODELS, provider}:
        return None
    if provider == "bedrock" and hosted_family(text) == "anthropic":  # Bedrock's own begins with anthropic.
        provider = "anthropic"
    if provider in {"google", "vertex"}:  # projects/p/locations/l/publishers/google/models/gemini-2.0-flash
        text = text.rpartition("models/")[2]
    form = _FORMS[provider].fullmatch(text) if provider in _FORMS else None
    if form is not None:
        text = form["name"]
    revision = form.groupdict().get("revision") if form is not None else None
    named = Named(Kind.MODEL, provider, text, revision, hosted=True)
    if prefixed:
        for separator in ":/":
            head, found, rest = text.partition(separator)
            owner = provider_of_prefix(head) if found and rest else None
            if owner is not None and provider in {owner, "unknown"}:
                return evolve(named, provider=owner, name=rest)
        if provider == "unknown":
            return evolve(named, provider=hosted_family(text) or "unknown")
    elif provider in _OWN_MODELS:  # The code parts "openai/gpt-4o" before it calls one of several clients.
        head, _, rest = text.partition("/")
        owner = provider_of_prefix(head)
        if owner is not None and hosted_family(rest) == owner and not rest.startswith("gpt-oss"):
            return evolve(named, provider=owner, name=rest)
    elif provider in _SERVERS and has_id_shape(text) and hosted_by_owner(text) is None:
        return evolve(named, provider="huggingface", hosted=False)
    return named


def is_plain(text: str) -> bool:
    """
    Tell whether *text* is a name without an owner that transformers has taken from its beginning.

    >>> is_plain("gpt2"), is_plain("gpt-4o")
    (True, False)
    """
    return _PLAIN_TRANSFORMERS.fullmatch(text) is not None


def provider_of_prefix(prefix: str) -> str | None:
    """
    Return the provider that *prefix* means in front of a model's name, or as its ``model_provider``; None when unknown.

    >>> provider_of_prefix("azure_openai"), provider_of_prefix("acme")
    ('azure', None)
    """
    return _prefixes().get(prefix.lower())


@cache
def _prefixes() -> Mapping[str, str]:
    return {prefix: s.provider for s in services().values() for prefix in s.prefixes}


_NAMESPACES: Final = frozenset(
    {
        *("azure", "azure_ai", "azure_openai", "bedrock", "bedrock_converse", "vertex_ai", "google_vertexai", "groq"),
        *("google-gla", "google-vertex", "google_genai", "gemini", "ollama", "ollama_chat", "openrouter", "anthropic"),
        *("together_ai", "fireworks_ai", "replicate", "perplexity", "sagemaker", "hosted_vllm", "litellm_proxy"),
        *(
            "lm_studio",
            "nvidia_nim",
            "watsonx",
            "cerebras",
            "sambanova",
            "deepinfra",
            "voyage",
            "dashscope",
            "novita",
            "github_copilot",
        ),
    }
)
"""Prefixes of ``provider/model`` that are no owners of models on the Hub; from LiteLLM's list of providers, 2026-11."""


def is_namespace(prefix: str) -> bool:
    """
    Tell whether *prefix* stands for a provider in front of a model's name, and for no owner of models on the Hub.

    >>> is_namespace("groq"), is_namespace("openai")
    (True, False)
    """
    return prefix in _NAMESPACES


def read_prefixed(text: str) -> Named | None:
    """
    Read ``provider/model`` and ``provider:model`` as LiteLLM, LangChain and pydantic-ai do; None when it is neither.

    What may as well be an id of the Hub is none of them, and neither is a name with a tag, as Ollama has.

    >>> read_prefixed("bedrock/anthropic.claude-3-haiku-20240307-v1:0").name
    'anthropic.claude-3-haiku-20240307-v1:0'
    >>> read_prefixed("openai/whisper-large-v3"), read_prefixed("llama3.2:3b")
    (None, None)
    """
    if _HUB_PREFIX.match(text):
        return None
    head, slash, rest = text.partition("/")
    if slash and rest and provider_of_prefix(head) is not None:
        hosted = hosted_family(rest) is not None and not rest.startswith("gpt-oss")
        on_the_hub = head.lower() == "huggingface" and rest.count("/") == 1
        return (
            read_hosted(text, "unknown", prefixed=True) if is_namespace(head.lower()) or hosted or on_the_hub else None
        )
    head, colon, rest = text.partition(":")
    if not colon or not re.search(r"[A-Za-z]{2}", rest) or provider_of_prefix(head) is None or rest.startswith("//"):
        return None
    if _TAG.fullmatch(rest):  # mistral:7b, codestral:latest
        return None
    return read_hosted(text, "unknown", prefixed=True)


_TAG: Final = expression(r"(?i:latest|(?:\d+x)?\d+(?:\.\d+)?[bm](?:-[\w.-]+)?|[\w.-]*q\d_\w+)")
"""What stands behind the colon of a name in Ollama's library."""
_LOADING_ALONE: Final = frozenset({"huggingface", "github", "vllm", "litellm"})
"""Providers whose names in an identifier do not say that they serve what is named there."""


@cache
def _joined() -> Mapping[str, str]:
    return {re.sub(r"[^a-z0-9]", "", prefix): provider for prefix, provider in _prefixes().items()}


@cache
def provider_in(identifier: str) -> str | None:
    """
    Return the provider that the words of *identifier* name; None when they name none, or several.

    >>> provider_in("GroqChatModel"), provider_in("AzureOpenAIEmbeddings"), provider_in("OpenAILLM")
    ('groq', 'azure', 'openai')
    """
    apart = re.sub(r"(?<=[A-Za-z])(?=(?:LLM|API)s?(?:$|[A-Z_]))", "_", identifier)
    said = [w.lower() for w in re.findall(r"[A-Z]+\d*(?![a-z])|[A-Z]?[a-z]+\d*|\d+[a-z]*", apart)]
    joined = _joined()
    found = set()
    for size in (3, 2, 1):
        for start in range(len(said) - size + 1):
            provider = joined.get("".join(said[start : start + size]))
            if provider is not None:
                found.add(provider)
    if "azure" in found:  # AzureOpenAI
        return "azure"
    found -= _LOADING_ALONE
    if not found and "gpt4all" in identifier.lower():
        return "gpt4all"
    return found.pop() if len(found) == 1 else None
