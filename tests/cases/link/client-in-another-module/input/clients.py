from openai import AsyncOpenAI, OpenAI

client = OpenAI()
groq = AsyncOpenAI(base_url="https://api.groq.com/openai/v1")
