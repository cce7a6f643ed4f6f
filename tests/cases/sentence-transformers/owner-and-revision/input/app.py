from sentence_transformers import SentenceTransformer as ST

model = ST(
    "nomic-ai/nomic-embed-text-v1.5",
    revision="e5cf08aadaa33385f5990def41f7a23405aec398",
    trust_remote_code=True,
)
fallback = ST(model_name_or_path="BAAI/bge-small-en-v1.5", revision="main")
