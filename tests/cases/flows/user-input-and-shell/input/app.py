import subprocess

from fastapi import FastAPI
from flask import request
from openai import OpenAI

app = FastAPI()
client = OpenAI()


@app.post("/ask")
def ask(question: str):
    messages = [{"role": "system", "content": "Answer."}, {"role": "user", "content": f"Q: {question}"}]
    reply = client.chat.completions.create(model="gpt-4o-mini", messages=messages)
    return reply.choices[0].message.content


def from_flask():
    text = request.json["text"]
    return client.responses.create(model="gpt-4o-mini", input=text.strip())


def run():
    answer = client.responses.create(model="gpt-4o-mini", input="A command that lists files")
    command = answer.output_text.strip()
    subprocess.run(command, shell=True)
    exec(answer.output_text)
