def embed(text):
    from names import EMBEDDER
    from openai import OpenAI

    return OpenAI().embeddings.create(model=EMBEDDER, input=text)
