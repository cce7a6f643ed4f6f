"""Who is in the picture?"""

import torchvision
from ultralytics import YOLO
from torchvision.models import ResNet50_Weights, resnet50

DETECTOR = "yolov8n-pose.pt"


def people(path: str):
    return YOLO(DETECTOR).predict(path, stream=True)


def scene():
    weights = ResNet50_Weights.IMAGENET1K_V2
    return resnet50(weights=weights).eval()


def untrained():
    """For the unit tests: no weights, so nothing that anybody trained."""
    return torchvision.models.resnet18(weights=None)
