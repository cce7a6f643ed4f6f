import instructor
import openai
from langsmith.wrappers import wrap_openai

local = openai.OpenAI(base_url="http://localhost:11434/v1", api_key="ollama")
typed = instructor.from_openai(local)
typed.chat.completions.create(model="llama3.2", messages=[], response_model=None)
traced = wrap_openai(openai.OpenAI(base_url="https://api.groq.com/openai/v1"))
traced.chat.completions.create(model="llama-3.1-8b-instant", messages=[])
plain = instructor.from_openai(openai.OpenAI())
plain.chat.completions.create(model="gpt-4o-mini", messages=[])
