import torch
from diffusers import AutoencoderKL, ControlNetModel, StableDiffusionXLPipeline, StableDiffusionXLControlNetPipeline

from studio.registry import DEFAULT_LOOK, LOOKS, Look

VAE_ID = "madebyollin/sdxl-vae-fp16-fix"


def load(look: str = DEFAULT_LOOK, *, dtype: torch.dtype = torch.float16):
    chosen: Look = LOOKS[look]
    vae = AutoencoderKL.from_pretrained(VAE_ID, torch_dtype=dtype)
    if chosen.controlnets:
        nets = [ControlNetModel.from_pretrained(name, torch_dtype=dtype) for name in chosen.controlnets]
        pipe = StableDiffusionXLControlNetPipeline.from_pretrained(chosen.base, controlnet=nets, vae=vae)
    else:
        pipe = StableDiffusionXLPipeline.from_pretrained(chosen.base, vae=vae, torch_dtype=dtype)
    if chosen.lora:
        pipe.load_lora_weights(chosen.lora, weight_name="pixel-art-xl.safetensors")
    pipe.load_ip_adapter("h94/IP-Adapter", subfolder="sdxl_models", weight_name="ip-adapter_sdxl.bin")
    return pipe.to("cuda")
