import keras
import keras_hub
from keras.applications import EfficientNetV2B0
from keras.datasets import cifar10


def backbone():
    return EfficientNetV2B0(include_top=False, weights="imagenet")


def segment():
    return keras_hub.models.SAMImageSegmenter.from_preset("sam_base_sa1b")


def data():
    return cifar10.load_data()


def own(path: str = "out/look.keras"):
    return keras.models.load_model(path)
