from .openai import OpenAI

client = OpenAI()
client.chat.completions.create(model="echo-1", messages=[])
