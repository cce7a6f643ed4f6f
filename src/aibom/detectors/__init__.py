"""One module for each thing that aibom knows how to find."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aibom.protocols import Detector

__all__ = ["BUILTIN", "builtin"]

BUILTIN = (
    "agent_code",
    "agent_files",
    "agents",
    "anthropic",
    "bedrock",
    "bicep",
    "commands",
    "csharp",
    "datasets",
    "diffusers",
    "dockerfiles",
    "downloads",
    "embeddings",
    "go",
    "flows",
    "google",
    "haystack",
    "hubs",
    "huggingface_hub",
    "imports",
    "java",
    "javascript",
    "keras",
    "langchain",
    "libraries",
    "litellm",
    "llama_cpp",
    "llama_index",
    "mcp_servers",
    "mentions",
    "model_files",
    "model_runtimes",
    "modelfiles",
    "nlp",
    "notebook_commands",
    "ocr",
    "ollama",
    "openai",
    "php",
    "pipelines",
    "providers",
    "repositories",
    "secret_literals",
    "rust",
    "sentence_transformers",
    "services",
    "settings",
    "sklearn",
    "slots",
    "spacy",
    "speech",
    "subprocesses",
    "terraform",
    "timm",
    "torch_hub",
    "transformers",
    "ultralytics",
    "vector_stores",
    "vllm",
    "whisper",
)
"""The modules of this package; each offers its detector under the name ``detect``."""


@cache
def builtin() -> tuple[Detector, ...]:
    """Return aibom's own detectors, by name."""
    return tuple(sorted((import_module(f"{__name__}.{module}").detect for module in BUILTIN), key=lambda d: d.name))
