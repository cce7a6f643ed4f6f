import os
import subprocess

import torch
from cog import BasePredictor, Input, Path
from diffusers import AutoPipelineForText2Image

MODEL_CACHE = "checkpoints"
MODEL_URL = "https://weights.quarry.test/default/upscaler/RealESRGAN_x4plus.pth"
STYLES = {"stone": "artificialguybr/StickersRedmond", "none": None}


class Predictor(BasePredictor):
    def setup(self):
        self.pipe = AutoPipelineForText2Image.from_pretrained(
            "segmind/SSD-1B", cache_dir=MODEL_CACHE, torch_dtype=torch.float16
        )
        if not os.path.exists("RealESRGAN_x4plus.pth"):
            subprocess.check_call(["pget", MODEL_URL, "RealESRGAN_x4plus.pth"])

    def predict(
        self,
        prompt: str = Input(description="what to paint", default="a quarry/at dawn"),
        style: str = Input(choices=list(STYLES), default="none"),
    ) -> Path:
        lora = STYLES[style]
        if lora:
            self.pipe.load_lora_weights(lora)
        self.pipe(prompt).images[0].save("/tmp/out.png")
        return Path("/tmp/out.png")
