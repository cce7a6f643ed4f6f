from transformers import AutoModel, pipeline

OPTIONS = {"pretrained_model_name_or_path": "google/vit-base-patch16-224-in21k", "revision": "main"}
model = AutoModel.from_pretrained(**OPTIONS)
caption = pipeline(**dict(task="image-to-text", model="nlpconnect/vit-gpt2-image-captioning"))
