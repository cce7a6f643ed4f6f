"""Make the files under models/ from what the trainers hand over."""

from argparse import ArgumentParser
from pathlib import Path

from optimum.onnxruntime import ORTModelForImageClassification
from safetensors.torch import load_file
from transformers import AutoImageProcessor, MobileNetV2ForImageClassification

HERE = Path(__file__).parent
STUDENT = "google/mobilenet_v2_1.0_224"
TEACHER = "facebook/" + "dinov2-small"


def main(argv: list[str] | None = None) -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--student", default=STUDENT)
    parser.add_argument("--teacher", default=TEACHER)
    parser.add_argument("--out", type=Path, default=HERE / "../models/sorter")
    given = parser.parse_args(argv)
    AutoImageProcessor.from_pretrained(given.teacher)
    model = MobileNetV2ForImageClassification.from_pretrained(given.student, num_labels=4)
    model.load_state_dict(load_file("models/sorter/model.safetensors"))
    ORTModelForImageClassification.from_pretrained("apple/mobilevit-small", export=True).save_pretrained(given.out)


if __name__ == "__main__":
    main()
