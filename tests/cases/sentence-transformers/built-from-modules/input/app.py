from sentence_transformers import SentenceTransformer, models

words = models.Transformer("distilroberta-base", max_seq_length=256)
pooling = models.Pooling(words.get_word_embedding_dimension())
model = SentenceTransformer(modules=[words, pooling])
