import transformers

DEFAULT_MODEL_ID = "gpt2"
MODEL_TYPE = "bert-base"
NAME = "gpt2"
