"""Models, corpora and lexicons of NLTK, Stanza and Flair."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of("nlp", "Models, corpora and lexicons of NLTK, Stanza and Flair.")
