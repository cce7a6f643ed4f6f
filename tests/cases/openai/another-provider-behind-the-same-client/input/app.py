from openai import OpenAI

groq = OpenAI(base_url="https://api.groq.com/openai/v1", api_key="gsk-none")
local = OpenAI(base_url="http://localhost:11434/v1", api_key="ollama")
intern = OpenAI(base_url="https://llm.intranet.example/v1", api_key="none")

a = groq.chat.completions.create(model="llama-3.3-70b-versatile", messages=[])
b = local.chat.completions.create(model="qwen2.5:7b", messages=[])
c = intern.chat.completions.create(model="house-model-2", messages=[])
