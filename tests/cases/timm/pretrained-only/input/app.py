import open_clip
import timm

timm.create_model("resnet50.a1_in1k", pretrained=True)
timm.create_model("hf_hub:timm/vit_base_patch16_224.augreg_in21k", pretrained=True, num_classes=0)
open_clip.create_model_and_transforms("ViT-B-32", pretrained="laion2b_s34b_b79k")
open_clip.create_model_from_pretrained("hf-hub:microsoft/BiomedCLIP-PubMedBERT_256-vit_base_patch16_224")
open_clip.get_tokenizer("ViT-B-32")
