from transformers import AutoModel

LOADERS = {
    "clip": lambda: AutoModel.from_pretrained("openai/clip-vit-base-patch32"),
    "siglip": lambda name="google/siglip-base-patch16-224": AutoModel.from_pretrained(name),
}
fetch = lambda repo: AutoModel.from_pretrained(repo)
dino = fetch("facebook/dinov2-small")
