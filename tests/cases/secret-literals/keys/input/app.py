from openai import OpenAI

client = OpenAI(api_key="sk-proj-Q8dkW2mZ7xL4vN9bR1cF6hJ3pT5yG0aK")
HF = "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"
PINECONE_API_KEY = "8f3kd92mZq7xL4vN9bR1cF6h"
