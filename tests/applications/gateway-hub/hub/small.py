"""Providers with an SDK of their own."""

import cohere
import replicate
import voyageai
from groq import Groq
from huggingface_hub import InferenceClient
from mistralai import Mistral

MODELS = {
    "rerank": "rerank-v3.5",
    "chat": "command-a-03-2025",
}
co = cohere.ClientV2()
groq = Groq()
mistral = Mistral()


def best(query: str, documents: list[str]):
    return co.rerank(model=MODELS["rerank"], query=query, documents=documents, top_n=3).results


def talk(text: str) -> str:
    return co.chat(model=MODELS["chat"], messages=[{"role": "user", "content": text}]).message.content[0].text


def vectors(texts: list[str]) -> list[list[float]]:
    return voyageai.Client().embed(texts, model="voyage-3-large", input_type="document").embeddings


def quick(text: str) -> str:
    done = groq.chat.completions.create(
        messages=[{"role": "user", "content": text}],
        model="llama-3.3-70b-versatile",
    )
    return done.choices[0].message.content


def listen(path: str) -> str:
    with open(path, "rb") as file:
        return groq.audio.transcriptions.create(file=file, model="whisper-large-v3-turbo").text


def page(url: str):
    document = {"type": "document_url", "document_url": url}
    return mistral.ocr.process(model="mistral-ocr-latest", document=document)


def code(prefix: str) -> str:
    return mistral.fim.complete(model="codestral-latest", prompt=prefix).choices[0].message.content


def paint(prompt: str):
    return replicate.run("black-forest-labs/flux-schnell", input={"prompt": prompt})


def upscale(url: str):
    version = "nightmareai/real-esrgan:f121d640bd286e1fdc67f9799164c1d5be36ff74576ee11c803ae5b665dd46aa"
    return replicate.run(version, input={"image": url})


def inference(text: str) -> str:
    client = InferenceClient(provider="novita", model="deepseek-ai/DeepSeek-V3-0324")
    return client.chat_completion([{"role": "user", "content": text}]).choices[0].message.content
