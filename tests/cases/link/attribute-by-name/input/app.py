import torchaudio
import torchvision


def speech(name="HUBERT_BASE"):
    return getattr(torchaudio.pipelines, name).get_model()


getattr(torchaudio.pipelines, "WAVLM_BASE").get_model()
getattr(torchvision.models, "resnet50")(weights="DEFAULT")
torchvision.models.__dict__["resnet18"](pretrained=True)
KIND = "vgg16"
torchvision.models.__dict__[KIND](pretrained=True)
