import torch
from diffusers import DiffusionPipeline

CUDA = torch.cuda.is_available()
NAME = "stabilityai/sdxl-turbo" if CUDA else "segmind/tiny-sd"
pipe = DiffusionPipeline.from_pretrained(NAME)
