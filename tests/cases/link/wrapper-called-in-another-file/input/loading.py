from transformers import AutoModelForSequenceClassification, AutoTokenizer


def load(name, device="cpu"):
    tokenizer = AutoTokenizer.from_pretrained(name)
    return tokenizer, AutoModelForSequenceClassification.from_pretrained(name).to(device)
