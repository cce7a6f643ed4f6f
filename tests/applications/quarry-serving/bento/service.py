import os

import bentoml
from bentoml.models import HuggingFaceModel

MODEL_ID = "HuggingFaceTB/SmolLM2-1.7B-Instruct"


@bentoml.service(resources={"gpu": 1}, traffic={"timeout": 60})
class Notes:
    chat = HuggingFaceModel(MODEL_ID, revision="main")
    judge = HuggingFaceModel("ProsusAI/finbert")

    def __init__(self):
        from transformers import AutoTokenizer, pipeline

        self.tokenizer = AutoTokenizer.from_pretrained(self.chat)
        self.summary = pipeline("summarization", model=os.getenv("SUMMARY_MODEL", "google/pegasus-xsum"))
        self.ore = bentoml.models.get("ore_classifier:latest")

    @bentoml.api
    def ask(self, text: str) -> str:
        return self.summary(text)[0]["summary_text"]
