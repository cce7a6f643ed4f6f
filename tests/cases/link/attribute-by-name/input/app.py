import argparse

import torchaudio
import torchvision


def speech(name="HUBERT_BASE"):
    return getattr(torchaudio.pipelines, name).get_model()


getattr(torchaudio.pipelines, "WAVLM_BASE").get_model()
getattr(torchvision.models, "resnet50")(weights="DEFAULT")
torchvision.models.__dict__["resnet18"](pretrained=True)
KIND = "vgg16"
torchvision.models.__dict__[KIND](pretrained=True)


def picked():
    parser = argparse.ArgumentParser()
    parser.add_argument("--arch", default="resnet34", choices=["resnet34", "resnet101"])
    return torchvision.models.__dict__[parser.parse_args().arch](pretrained=True)


def held(name="WAV2VEC2_BASE"):
    bundle = torchaudio.pipelines.__dict__[name]
    other = getattr(torchaudio.pipelines, "WAVLM_LARGE")
    return bundle.get_model(), other.get_model()
