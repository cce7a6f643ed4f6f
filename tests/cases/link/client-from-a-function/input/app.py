from clients import get_client


def ask(text):
    client = get_client()
    return client.chat.completions.create(model="meta-llama/Llama-3-70b-chat-hf", messages=[text])
