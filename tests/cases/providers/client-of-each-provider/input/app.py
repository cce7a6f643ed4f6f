import cohere
import replicate
import voyageai
from groq import Groq
from mistralai import Mistral
from together import Together
from xai_sdk import Client as Xai

Groq().chat.completions.create(model="llama-3.3-70b-versatile", messages=[])
Together().chat.completions.create(model="meta-llama/Llama-3.3-70B-Instruct-Turbo", messages=[])
co = cohere.ClientV2()
co.rerank(model="rerank-v3.5", query="q", documents=[])
co.embed(texts=["x"], model="embed-english-v3.0")
Mistral(api_key="x").chat.complete(model="mistral-small-latest", messages=[])
replicate.run("black-forest-labs/flux-schnell", input={"prompt": "a cat"})
voyageai.Client().embed(["x"], model="voyage-3-lite")
Xai().chat.create(model="grok-4")
