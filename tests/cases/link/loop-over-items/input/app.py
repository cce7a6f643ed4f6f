from transformers import AutoTokenizer

TOKENIZERS = {"llama": "hf-internal-testing/llama-tokenizer", "qwen": "Qwen/Qwen2.5-0.5B"}

for label, repo in TOKENIZERS.items():
    print(label, AutoTokenizer.from_pretrained(repo))
