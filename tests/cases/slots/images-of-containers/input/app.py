import docker
import torch

MODEL_IMAGE = "acme/model-server"
SERVER = {"image": "acme/llm-server-7b"}
MODEL_CONTAINER = "acme/model-base"
IMAGE_MODEL = "acme/clip-7b"
docker.from_env().containers.run("acme/llm-base", detach=True)
run_model(image="acme/llm-server-8b")
make.generate_image(model="acme/painter-base")


def serve(model_image="acme/llm-server-9b", image_model="acme/painter-large"): ...
