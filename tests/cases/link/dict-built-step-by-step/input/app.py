from openai import OpenAI

request = {"temperature": 0}
request["model"] = "gpt-4o-mini-2024-07-18"
request.update(messages=[])
answer = OpenAI().chat.completions.create(**request)

body = dict(input="hi", model="text-embedding-3-large")
vector = OpenAI().embeddings.create(model=body["model"], input=body["input"])
