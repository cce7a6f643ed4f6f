"""What commands name: of shell scripts, containers, pipelines and notebooks, each word with its values."""

from __future__ import annotations

from aibom.commands.reading import (
    Image,
    Install,
    detections,
    image_of,
    of_argv,
    of_gateway,
    of_modelfile,
    of_options,
    of_set,
    read_image,
)
from aibom.commands.remarks import commented, remarks
from aibom.commands.running import HOLE, Environment, Given, Run, beside, given, runs

__all__ = [
    "HOLE",
    "Environment",
    "Given",
    "Image",
    "Install",
    "Run",
    "beside",
    "commented",
    "detections",
    "given",
    "image_of",
    "of_argv",
    "of_gateway",
    "of_modelfile",
    "of_options",
    "of_set",
    "read_image",
    "remarks",
    "runs",
]
