from .openai import OpenAI
