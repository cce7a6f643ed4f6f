from bertopic import BERTopic
from fastembed import SparseTextEmbedding
from keybert import KeyBERT

from own import backend, options


def topics(language):
    return BERTopic(embedding_model=backend(), language=language)


KeyBERT(model=backend())
KeyBERT(**options)
SparseTextEmbedding.list_supported_models()
