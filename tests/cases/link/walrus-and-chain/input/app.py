from transformers import AutoModel, AutoTokenizer

model_name = tokenizer_name = "camembert/camembert-large"
AutoTokenizer.from_pretrained(tokenizer_name)
if (name := "almanach/camembertv2-base") and model_name:
    AutoModel.from_pretrained(name)
