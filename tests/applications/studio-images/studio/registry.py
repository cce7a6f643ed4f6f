"""The looks that a designer can pick."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Look:
    title: str
    base: str
    lora: str | None = None
    controlnets: tuple[str, ...] = field(default_factory=tuple)


LOOKS: dict[str, Look] = {
    "photo": Look("Photograph", base="SG161222/RealVisXL_V4.0"),
    "pixel": Look("Pixel art", "stabilityai/stable-diffusion-xl-base-1.0", lora="nerijs/pixel-art-xl"),
    "sketch": Look(
        "Pencil",
        "stabilityai/stable-diffusion-xl-base-1.0",
        controlnets=("xinsir/controlnet-scribble-sdxl-1.0",),
    ),
}
DEFAULT_LOOK = "photo"
GALLERY = "gallery/2025"
