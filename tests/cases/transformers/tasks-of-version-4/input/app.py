from transformers import pipeline
pipeline("summarization")
pipeline("question-answering")
pipeline("translation_en_to_fr")
pipeline("vqa")
