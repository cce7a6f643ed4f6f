from transformers import AutoModelForTokenClassification

model = AutoModelForTokenClassification.from_pretrained("./checkpoints/ner-final", local_files_only=True)
