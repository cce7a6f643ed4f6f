from transformers import AutoModelForCausalLM, AutoModelForSeq2SeqLM

CLASSES = {"causal": AutoModelForCausalLM, "seq2seq": AutoModelForSeq2SeqLM}


def load(kind, name="google/t5-v1_1-small"):
    return CLASSES[kind].from_pretrained(name)
