def ask(client, prompt):
    """Ask whatever client it is; the name says who made the model."""
    return client.messages.create(model="claude-3-haiku-20240307", max_tokens=64, messages=[prompt])
