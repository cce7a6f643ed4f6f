from wrappers import Classifier

spam = Classifier(["spam", "ham"], "MoritzLaurer/deberta-v3-large-zeroshot-v2.0")
tone = Classifier(labels=["kind", "rude"], model_name="facebook/bart-large-mnli")
