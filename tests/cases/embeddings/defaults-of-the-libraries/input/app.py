from bertopic import BERTopic
from fastembed import TextEmbedding
from keybert import KeyBERT
from torchmetrics.multimodal import CLIPScore

TextEmbedding()
KeyBERT()
BERTopic(language="multilingual", min_topic_size=20)
BERTopic(nr_topics="auto", embedding_model=None)
CLIPScore()
