from sentence_transformers import SentenceTransformer

MODEL = "intfloat/e5-small"
model = SentenceTransformer(MODEL)
