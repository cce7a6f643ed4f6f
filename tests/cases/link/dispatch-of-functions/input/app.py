from transformers import AutoModel


def small():
    return "microsoft/swin-tiny-patch4-window7-224"


def large():
    return "microsoft/swin-large-patch4-window7-224"


CHOICES = {"small": small, "large": large}


def load(size="small"):
    return AutoModel.from_pretrained(CHOICES[size]())
