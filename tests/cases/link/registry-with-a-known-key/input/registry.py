MODELS = {
    "tiny": "prajjwal1/bert-tiny",
    "mini": "prajjwal1/bert-mini",
    "small": "prajjwal1/bert-small",
}
