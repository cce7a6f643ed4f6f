from transformers import pipeline

classify = pipeline("zero-shot-classification", "facebook/bart-large-mnli")
detect = pipeline(task="object-detection", model="facebook/detr-resnet-50", revision="no_timm")
ask = pipeline(
    "question-answering",
    model="deepset/roberta-base-squad2",
    tokenizer="deepset/roberta-base-squad2",
    trust_remote_code=False,
)
