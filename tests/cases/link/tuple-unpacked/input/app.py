from transformers import AutoModel, AutoTokenizer

TOKENIZER, MODEL = "vinai/bertweet-base", "vinai/bertweet-large"
first, *rest = ["vinai/phobert-base", "vinai/phobert-large"]

AutoTokenizer.from_pretrained(TOKENIZER)
AutoModel.from_pretrained(MODEL)
AutoModel.from_pretrained(first)
