from functools import partial

from diffusers import DiffusionPipeline
from huggingface_hub import hf_hub_download
from spandrel import ModelLoader

fetch = partial(hf_hub_download, repo_id="ai-forever/Real-ESRGAN")


def esrgan(scale: int = 4):
    return ModelLoader().load_from_file(fetch(filename=f"RealESRGAN_x{scale}.pth"))


def latent():
    return DiffusionPipeline.from_pretrained("stabilityai/sd-x2-latent-upscaler", variant="fp16")
