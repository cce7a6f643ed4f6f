from sentence_transformers import SentenceTransformer

from zoo import Zoo

model = SentenceTransformer(Zoo.LARGE.repo)
