import ollama
from ollama import AsyncClient, Client

ollama.pull("nomic-embed-text")
ollama.chat(model="llama3.2:3b", messages=[])
Client(host="http://gpu-box:11434").generate("qwen2.5-coder:7b", "Hi")
aclient = AsyncClient()


async def embed():
    return await aclient.embed(model="mxbai-embed-large", input="x")
