import attrs
from attrs import define
from sentence_transformers import SentenceTransformer


@define
class Index:
    path: str
    model: str = "Alibaba-NLP/gte-modernbert-base"
    ranker: str = attrs.field(default="Alibaba-NLP/gte-reranker-modernbert-base", kw_only=True)

    def open(self):
        return SentenceTransformer(self.model), SentenceTransformer(self.ranker)


Index("a", "Alibaba-NLP/gte-large-en-v1.5").open()
