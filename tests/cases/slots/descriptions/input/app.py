import openai

MODEL_PROFILES = {
    "gpt-4o": {"max_input_tokens": 128_000, "supports_images": True, "name": "GPT-4o"},
    "meta-llama/Llama-3.1-8B-Instruct": {"max_input_tokens": 8_192, "supports_tools": False, "name": "Llama"},
}
