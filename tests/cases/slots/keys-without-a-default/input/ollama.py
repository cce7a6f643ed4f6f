import ollama


def embed(client, text):
    response = client.embed(model="nomic-embed-text", input=text)
    return response.get("embeddings") or response.get("embedding_models", [])
