"""Bring up the endpoints that are not in Terraform yet."""

import os

from sagemaker.huggingface import HuggingFaceModel
from sagemaker.jumpstart.model import JumpStartModel

ROLE = os.environ["SAGEMAKER_ROLE"]
HUB = {"HF_MODEL_ID": "distilbert/distilbert-base-uncased-finetuned-sst-2-english", "HF_TASK": "text-classification"}


def main() -> None:
    HuggingFaceModel(env=HUB, role=ROLE, transformers_version="4.37", pytorch_version="2.1", py_version="py310").deploy(
        1, "ml.g5.xlarge"
    )
    JumpStartModel(model_id="meta-textgeneration-llama-3-1-8b", role=ROLE).deploy()


if __name__ == "__main__":
    main()
