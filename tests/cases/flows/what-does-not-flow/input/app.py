import subprocess

from openai import OpenAI

client = OpenAI()


def summary(notes):
    subprocess.run(["ls", "-l"])
    question = input("Which file? ")
    print(question)
    reply = client.responses.create(model="gpt-4o-mini", input="Say hello")
    print(reply.output_text)


def load(db=None, name="x"):
    return client.responses.create(model="gpt-4o-mini", input=name)
