from sentence_transformers import CrossEncoder

from acme.names import RANKER


def ranker(name=RANKER):
    return CrossEncoder(name)
