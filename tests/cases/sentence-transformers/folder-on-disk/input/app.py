from sentence_transformers import SentenceTransformer

model = SentenceTransformer("output/training_stsb/final/")
