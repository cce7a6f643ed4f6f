import os

from openai import OpenAI

OpenAI(api_key="sk-your-key-here-and-nothing-else")
OpenAI(api_key="sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")
OpenAI(api_key=os.environ["OPENAI_API_KEY"])
OpenAI(api_key="not-needed")
MODEL_KEY = "claude-haiku-4-5-20251001"
max_tokens = "9dK2mZ7xL4vN9bR1cF6hJ3pT"
