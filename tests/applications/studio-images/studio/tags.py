"""What is in a picture: for the search."""

import open_clip
import tensorflow_hub as hub
import timm
import torch
from timm.data import resolve_data_config
from transformers import AutoModelForZeroShotObjectDetection, AutoProcessor, BlipForConditionalGeneration, BlipProcessor

CAPTIONERS = dict(base="Salesforce/blip-image-captioning-base", large="Salesforce/blip-image-captioning-large")


def clip(device: str = "cpu"):
    model, _, preprocess = open_clip.create_model_and_transforms("ViT-B-32", pretrained="laion2b_s34b_b79k", device=device)
    return model, preprocess, open_clip.get_tokenizer("ViT-B-32")


def siglip():
    name = "hf-hub:timm/ViT-B-16-SigLIP"
    return open_clip.create_model_from_pretrained(name)


def classify():
    model = timm.create_model("convnext_tiny.fb_in22k_ft_in1k", pretrained=True)
    return model.eval(), resolve_data_config({}, model=model)


def blank():
    """Only its shape is used."""
    return timm.create_model("vit_base_patch16_224", pretrained=False, num_classes=10)


def nsfw():
    return hub.KerasLayer("https://tfhub.dev/google/imagenet/mobilenet_v2_100_224/feature_vector/5", trainable=False)


def caption(size="base"):
    return BlipProcessor.from_pretrained(CAPTIONERS[size]), BlipForConditionalGeneration.from_pretrained(CAPTIONERS[size])


def find(checkpoint: str | None = None):
    checkpoint = checkpoint or "IDEA-Research/grounding-dino-tiny"
    return AutoProcessor.from_pretrained(checkpoint), AutoModelForZeroShotObjectDetection.from_pretrained(checkpoint)


def depth():
    return torch.hub.load("intel-isl/MiDaS", "DPT_Hybrid")
