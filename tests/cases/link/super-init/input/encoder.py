from sentence_transformers import SentenceTransformer


class Encoder(SentenceTransformer):
    def __init__(self):
        super().__init__("mixedbread-ai/mxbai-embed-large-v1")
