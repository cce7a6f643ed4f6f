# The library puts its own name in front of a bare name, but not of these.
from sentence_transformers import SentenceTransformer

encoder = SentenceTransformer("bert-base-uncased")
other = SentenceTransformer("xlm-roberta-base")
