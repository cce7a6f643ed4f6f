import torch
import torchaudio
from torch.hub import load_state_dict_from_url
from torchvision import datasets, models
from torchvision.models import ResNet50_Weights, resnet50

torch.hub.load("pytorch/vision:v0.10.0", "deeplabv3_resnet50", pretrained=True)
torch.hub.load(repo_or_dir="snakers4/silero-vad", model="silero_vad", trust_repo=True)
load_state_dict_from_url("https://download.acme.ai/resnet18-f37072fd.pth")
resnet50(weights=ResNet50_Weights.IMAGENET1K_V2)
models.detection.fasterrcnn_resnet50_fpn(weights="DEFAULT")
models.vgg16(pretrained=True)
torchaudio.pipelines.WAV2VEC2_ASR_BASE_960H.get_model()
datasets.CIFAR10("data", download=True)
