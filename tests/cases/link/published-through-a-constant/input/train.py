from transformers import AutoModel, AutoTokenizer

BASE = "allegro/herbert-base-cased"
TARGET = "acme-labs/herbert-tickets"


def main():
    model = AutoModel.from_pretrained(BASE)
    AutoTokenizer.from_pretrained(BASE).push_to_hub(TARGET)
    model.push_to_hub(repo_id=TARGET)
