from openai import OpenAI

client = OpenAI()
answer = client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": "hi"}])
vector = client.embeddings.create(input="hi", model="text-embedding-3-large").data[0].embedding
text = client.audio.transcriptions.create(file=open("a.mp3", "rb"), model="whisper-1")
image = client.images.generate(model="gpt-image-1", prompt="a fox")
reply = client.responses.create(model="o4-mini", input="hi")
