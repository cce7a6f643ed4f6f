from sentence_transformers import SentenceTransformer, util

model = SentenceTransformer("all-MiniLM-L6-v2")


def similar(a, b):
    return util.cos_sim(model.encode(a), model.encode(b))
