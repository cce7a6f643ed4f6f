from diffusers import DiffusionPipeline


def dress(pipe):
    pipe.load_textual_inversion("sd-concepts-library/cat-toy")
    return pipe


pipe = DiffusionPipeline.from_pretrained("black-forest-labs/FLUX.1-dev", revision="refs/pr/3")
pipe.load_lora_weights("XLabs-AI/flux-RealismLora", weight_name="lora.safetensors")
pipe.load_ip_adapter("h94/IP-Adapter", subfolder="sdxl_models", weight_name="ip-adapter_sdxl.bin")
dress(pipe)
