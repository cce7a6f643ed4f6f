from functools import partial

from transformers import AutoModel, pipeline

load = partial(AutoModel.from_pretrained, "cardiffnlp/twitter-roberta-base", revision="main")
sentiment = partial(pipeline, "sentiment-analysis", model="finiteautomata/bertweet-base-sentiment-analysis")

model = load()
judge = sentiment(device=0)
