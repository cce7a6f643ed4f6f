"""Places of literal keys in the code, its settings and its notebooks; never their values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aibom.bill import Diagnostic
from aibom.credentials import is_secret_name, is_token, looks_random
from aibom.expressions import expression
from aibom.protocols import CODE, FunctionDetector
from aibom.syntax.values import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aibom.bill import Detection
    from aibom.files import File

__all__ = ["detect"]

_FILES: Final = (*CODE, "*.json", "*.jsonc", "*.yaml", "*.yml", "*.toml", "*.ini", "*.cfg", "*.env", ".env", ".env.*")
_MOST: Final = 50
"""So many places of one file are named one by one."""
_EXAMPLE: Final = expression(
    r"(?:example|sample|template|\.dist$|(?:^|/)(?:package-lock|[\w-]*lock)\.\w+$)", re.IGNORECASE
)
_AI: Final = expression(
    r"OPENAI|ANTHROPIC|CLAUDE|GEMINI|MISTRAL|COHERE|GROQ|TOGETHER|FIREWORKS|REPLICATE|OPENROUTER|DEEPSEEK|XAI|PERPLEXITY|VOYAGE|JINA"
    r"|HF_|HUGGING|LLM|PINECONE|QDRANT|WEAVIATE|LANGSMITH|LANGCHAIN|LANGFUSE|TAVILY|SERPER|ELEVENLABS|DEEPGRAM|NVIDIA|CEREBRAS|AZURE_OPENAI"
    r"|BEDROCK|OLLAMA|MCP|_API_KEY$",
    re.IGNORECASE,
)
"""Names of keys of AI services, and names that end like them."""


def _find(file: File) -> Iterator[Detection | Diagnostic]:
    """Literal keys of services: a diagnostic names the place, and never the value."""
    from aibom.link.modules import in_tests  # The heaviest stage; most files have no key.

    if in_tests(file.path) or _EXAMPLE.search(file.path):
        return
    places = sorted({(line, column): name for line, column, name in _places(file)}.items())
    for (line, column), name in places[:_MOST]:
        under = f" under {name}" if name else ""
        yield Diagnostic("secret-literal", f"a literal key stands here{under}", file.at(line, column))
    if len(places) > _MOST:
        more = f"{len(places) - _MOST} more places hold literal keys"
        yield Diagnostic("secret-literal", more, file.at(places[_MOST][0][0]))


def _places(file: File) -> Iterator[tuple[int, int, str]]:
    if file.language is None:
        for entry in file.data.entries:
            key = next((k for k in reversed(entry.keys) if not k.isdecimal()), "")
            if isinstance(entry.value, str) and _is_secret(key, entry.value):
                yield entry.line, entry.column, key if key.isprintable() and not is_token(key) else ""
        return
    texts = [(t, "") for t, _ in file.code.strings]
    texts += [(v, k) for c in file.code.every_call for k, v in c.keywords if isinstance(v, Text)]
    texts += [(b.value, b.name) for s in file.code.scopes for b in s.bindings if isinstance(b.value, Text)]
    for text, name in texts:
        if _is_secret(name, text.value):
            yield text.line, text.column, ""


def _is_secret(name: str, value: str) -> bool:
    if len(value) > 4096:  # noqa: PLR2004 - longer is data
        return False
    return is_token(value) or (is_secret_name(name) and _AI.search(name) is not None and looks_random(value.strip()))


_HINTS: Final = (
    r"\b(?:sk-|hf_|AIza|gsk_|xai-|r8_|pplx-|nvapi-|pa-|jina_|csk-|fw_|tgp_v1_|lsv2_|pcsk_|AKIA|ASIA|xox[abprs]-|gh[pousr]_)\w",
    r"\b(?:github_pat_|glpat-|ya29\.|ntn_|secret_|tvly-|eyJ)\w",
    (r"(?i:api_?-?key|token|secret)", r"[A-Za-z0-9]{20}"),
)

detect = FunctionDetector("secret-literals", (_find.__doc__ or "").strip(), _FILES, _HINTS, _find)
