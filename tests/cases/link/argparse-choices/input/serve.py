import argparse

from sentence_transformers import CrossEncoder

parser = argparse.ArgumentParser()
parser.add_argument(
    "--ranker",
    choices=["cross-encoder/ms-marco-TinyBERT-L-2-v2", "BAAI/bge-reranker-large"],
    default="cross-encoder/ms-marco-TinyBERT-L-2-v2",
)
args = parser.parse_args()
model = CrossEncoder(args.ranker)
