import open_clip
import timm

timm.create_model("resnet50")
timm.create_model("vit_small_patch16_224", pretrained=False)
timm.list_models("resnet*", pretrained=True)
open_clip.create_model("ViT-B-32")
open_clip.create_model("ViT-L-14", pretrained=None)
