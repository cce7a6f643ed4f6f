"""Values that change with a release, not with a deployment."""

# Until 1.3 this was sentence-transformers/all-mpnet-base-v2: better, but too slow on CPU.
EMBEDDING_MODEL = "sentence-transformers/all-MiniLM-L6-v2"

INTENT_MODELS = {
    "small": "typeform/distilbert-base-uncased-mnli",
    "large": "facebook/bart-large-mnli",
}

INTENTS = (
    "billing",
    "cancellation",
    "delivery",
    "login problem",
    "refund",
    "other",
)

REPLY_PROMPT = (
    "You write replies for a support team. Use only the passages below. "
    "If they do not answer the question, say that a colleague will follow up."
)
