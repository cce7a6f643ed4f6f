"""Put the models of the quarry onto SageMaker."""

import os

import sagemaker
from sagemaker.huggingface import HuggingFaceModel, get_huggingface_llm_image_uri
from sagemaker.jumpstart.model import JumpStartModel

ROLE = os.environ["SAGEMAKER_ROLE"]
hub = {
    "HF_MODEL_ID": "tiiuae/falcon-7b-instruct",
    "SM_NUM_GPUS": "1",
}


def chat():
    image = get_huggingface_llm_image_uri("huggingface", version="2.0.2")
    model = HuggingFaceModel(image_uri=image, env=hub, role=ROLE)
    return model.deploy(1, "ml.g5.2xlarge", endpoint_name="quarry/chat")


def rank():
    model = HuggingFaceModel(
        env={"HF_MODEL_ID": "cross-encoder/ms-marco-MiniLM-L-6-v2", "HF_TASK": "text-ranking"},
        role=ROLE,
        transformers_version="4.37",
    )
    return model.deploy(initial_instance_count=1, instance_type="ml.m5.xlarge")


def paint():
    return JumpStartModel(model_id="model-txt2img-stabilityai-stable-diffusion-v2-1-base").deploy()


def trained():
    return HuggingFaceModel(model_data="s3://quarry-models/ore/model.tar.gz", role=ROLE).deploy(1, "ml.m5.large")


if __name__ == "__main__":
    sagemaker.Session()
    chat()
    rank()
