"""What commands name: of shell scripts, containers, pipelines and notebooks, each word with its values."""

from __future__ import annotations

from aibom.commands.containers import of_gateway
from aibom.commands.images import Image, image_of, read_image
from aibom.commands.modelfiles import of_modelfile
from aibom.commands.reading import detections, of_argv, of_options
from aibom.commands.remarks import commented, remarks
from aibom.commands.running import HOLE, Environment, Given, Run, beside, given, runs
from aibom.commands.variables import of_set

__all__ = [
    "HOLE",
    "Environment",
    "Given",
    "Image",
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
