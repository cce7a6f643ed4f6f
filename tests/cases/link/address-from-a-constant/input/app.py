from openai import OpenAI

import config

a = OpenAI(base_url=config.OLLAMA).chat.completions.create(model="phi3:mini", messages=[])
b = OpenAI(base_url=config.GROQ).chat.completions.create(model="gemma2-9b-it", messages=[])
