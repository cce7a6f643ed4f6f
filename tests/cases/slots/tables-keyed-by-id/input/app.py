import transformers

YES_NO_TOKENS = {
    "castorini/monot5-base-med-msmarco": ["_false", "_true"],
    "unicamp-dl/mt5-base-multi-msmarco": ["_no", "_yes"],
    "google/flan-t5-large": ["no", "yes"],
}
MAX_TOKENS = {"BAAI/bge-large-zh-v1.5": 512, "intfloat/e5-mistral-7b-instruct": 32768, "gpt-4-turbo": 128000}
