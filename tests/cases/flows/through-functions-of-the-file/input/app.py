import argparse

import requests
from fastapi import FastAPI
from openai import OpenAI

app = FastAPI()
client = OpenAI()


def clean(text):
    return text.strip()


def answer(text):
    return client.responses.create(model="gpt-4o-mini", input=clean(text)).output_text


def page(url):
    return requests.get(url, timeout=5).text


def constant(text):
    return client.responses.create(model="gpt-4.1-nano", input=clean(text)).output_text


class Bot:
    def __init__(self):
        self.client = OpenAI()

    def ask(self, text):
        messages = [{"role": "system", "content": "Be kind."}]
        messages.append({"role": "user", "content": text})
        return self.client.chat.completions.create(model="gpt-4.1-mini", messages=messages)

    def greet(self, name):
        return self.ask("Greet " + name)


@app.get("/ask")
def ask(question: str):
    return answer(question)


def summary(url):
    return client.responses.create(model="gpt-4.1", input="Summarise: " + page(url))


def main():
    arguments = argparse.ArgumentParser().parse_args()
    Bot().greet(arguments.name)
    constant("Say hello.")
    print(clean(input("Name? ")))
