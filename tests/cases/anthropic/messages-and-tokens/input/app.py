import anthropic

client = anthropic.Anthropic()
answer = client.messages.create(model="claude-sonnet-4-20250514", max_tokens=64, messages=[])
tokens = client.messages.count_tokens(model="claude-3-5-haiku-latest", messages=[])
with client.messages.stream(model="claude-opus-4-1", max_tokens=64, messages=[]) as stream:
    text = stream.get_final_text()
batch = client.beta.messages.create(model="claude-3-7-sonnet-latest", max_tokens=64, messages=[])
