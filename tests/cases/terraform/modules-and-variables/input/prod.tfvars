embedding_model = "intfloat/e5-large-v2"
