from clients import client, groq


def ask(text):
    return client.chat.completions.create(model="gpt-4o", messages=[text])


async def quick(text):
    return await groq.chat.completions.create(model="llama-3.1-8b-instant", messages=[text])
