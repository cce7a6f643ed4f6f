from sentence_transformers import SentenceTransformer

NAME = "intfloat/e5-small"
one = SentenceTransformer(NAME)
two = SentenceTransformer(NAME)
