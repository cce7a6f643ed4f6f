DEFAULT_MODEL = "facebook/opt-350m"
TOKENIZER = "facebook/opt-125m"
