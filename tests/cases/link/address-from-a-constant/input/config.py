import os

OLLAMA = "http://localhost:11434/v1"
GROQ = os.getenv("GROQ_URL", "https://api.groq.com/openai/v1")
