"""Models on Amazon Bedrock and SageMaker."""

from __future__ import annotations

from aibom.protocols import SignatureDetector

__all__ = ["detect"]

detect = SignatureDetector.of(
    "bedrock",
    "Models on Amazon Bedrock and SageMaker.",
    hints=[
        (r"\bmodelId\b", r"invoke_model|converse"),
        r"\bsagemaker\.(?:jumpstart|huggingface)\b",
    ],
)
