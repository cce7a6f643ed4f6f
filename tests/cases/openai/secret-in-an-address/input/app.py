from openai import OpenAI

client = OpenAI(base_url="https://me:hunter2@proxy.acme.example/v1?token=s3cret")
answer = client.responses.create(model="gpt-4o", input="hi")
