import torch
from torchvision import datasets, models, transforms

torch.hub.load("./yolov5", "custom", source="local")
torch.hub.load("ultralytics/yolov5", "custom", source="local")
models.resnet18()
models.resnet18(weights=None)
models.vgg16(pretrained=False)
models.list_models()
datasets.ImageFolder("data/train")
transforms.Resize(224)
