import asyncio
import os
import subprocess


async def fetch(size="small", owner=None):
    await asyncio.create_subprocess_exec("hf", "download", "BAAI/bge-m3")
    await asyncio.create_subprocess_shell("ollama pull " + "llama3.2")
    os.execvp("vllm", ["vllm", "serve", "facebook/opt-125m"])
    name = "google/gemma-2b" if owner else "google/gemma-7b"
    subprocess.run(["hf", "download", name])
    subprocess.run(["hf", "download", f"{owner}/model"])
    subprocess.run()
