from sentence_transformers import InputExample, losses, util
from sentence_transformers.evaluation import EmbeddingSimilarityEvaluator


def evaluate(model, pairs):
    examples = [InputExample(texts=["a/b", "c/d"], label=0.5) for _ in pairs]
    loss = losses.CosineSimilarityLoss(model)
    util.http_get("https://sbert.net/datasets/stsbenchmark.tsv.gz", "stsb.tsv.gz")
    return EmbeddingSimilarityEvaluator.from_input_examples(examples, name="sts-dev"), loss
