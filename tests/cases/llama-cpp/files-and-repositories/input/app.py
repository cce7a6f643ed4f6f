import mlx_lm
from ctransformers import AutoModelForCausalLM
from gpt4all import GPT4All
from llama_cpp import Llama

Llama(model_path="./models/mistral-7b-instruct.Q4_K_M.gguf", n_ctx=4096)
Llama.from_pretrained(repo_id="Qwen/Qwen2-0.5B-Instruct-GGUF", filename="*q8_0.gguf")
AutoModelForCausalLM.from_pretrained("TheBloke/Llama-2-7B-GGML", model_file="llama-2-7b.ggmlv3.q4_0.bin")
GPT4All("Meta-Llama-3-8B-Instruct.Q4_0.gguf")
mlx_lm.load("mlx-community/Mistral-7B-Instruct-v0.3-4bit")
