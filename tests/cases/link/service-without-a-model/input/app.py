from openai import OpenAI

client = OpenAI()
print([model.id for model in client.models.list()])
