import json
import os
import urllib.request

import httpx
import requests

URL = "https://api.openai.com/v1/chat/completions"
BASE = os.getenv("LLM_BASE", "http://gpu-box:8000/v1")
MODEL = "qwen3-coder"


def ask(prompt):
    headers = {"Authorization": f"Bearer {os.environ['OPENAI_API_KEY']}"}
    return requests.post(URL, headers=headers, json={"model": "gpt-4o-mini", "messages": [prompt]})


def local(prompt):
    payload = {"model": MODEL, "prompt": prompt}
    return httpx.post(f"{BASE}/chat/completions", json=payload)


def gemini(text):
    return requests.request("POST", "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.0-flash:generateContent?key=AIza", json={})


def hub(text):
    return requests.post("https://api-inference.huggingface.co/models/facebook/bart-large-mnli", json={"inputs": text})


def claude(text):
    body = json.dumps({"model": "claude-3-5-haiku-latest", "messages": []}).encode()
    return urllib.request.urlopen(urllib.request.Request("https://api.anthropic.com/v1/messages", data=body))


def ollama(text):
    return requests.post("http://localhost:11434/api/generate", json={"model": "llama3.2:3b", "prompt": text})
