"""Read scanned pages."""

import os

import torch
from transformers import AutoProcessor, TrOCRProcessor, VisionEncoderDecoderModel

HANDWRITTEN = os.environ.get("LUMEN_HTR_MODEL", "microsoft/trocr-base-handwritten")
PRINTED = os.getenv("LUMEN_OCR_MODEL") or "microsoft/trocr-small-printed"


class Reader:
    def __init__(self, name: str, device: str = "cuda:0") -> None:
        self.name = name
        self.processor = TrOCRProcessor.from_pretrained(name)
        self.model = VisionEncoderDecoderModel.from_pretrained(self.name).to(device).eval()

    @torch.inference_mode()
    def read(self, image) -> str:
        ids = self.model.generate(self.processor(image, return_tensors="pt").pixel_values)
        return self.processor.batch_decode(ids, skip_special_tokens=True)[0]


def readers() -> dict[str, Reader]:
    return {"image/tiff": Reader(HANDWRITTEN), "image/png": Reader(PRINTED)}


def layout():
    """The layout model has several sizes; only this one fits on the archive's card."""
    size = "base"
    return AutoProcessor.from_pretrained(f"microsoft/layoutlmv3-{size}")
