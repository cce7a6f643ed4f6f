import transformers

MODEL_LOGO = "https://huggingface.co/datasets/acme-ai/pictures/resolve/main/logo.png"
MODEL_CARD = "https://huggingface.co/acme-ai/encoder-v2/resolve/main/config.json"
