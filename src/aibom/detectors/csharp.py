"""Models that C# code uses: Semantic Kernel, Microsoft.Extensions.AI, ML.NET, and the providers' own clients."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of(
    "csharp",
    "Models that C# code uses: Semantic Kernel, Microsoft.Extensions.AI, ML.NET, and the providers' own clients.",
)
