from vertexai.language_models import TextEmbeddingModel, TextGenerationModel

embedder = TextEmbeddingModel.from_pretrained("text-embedding-004")
writer = TextGenerationModel.from_pretrained("text-bison@002")
