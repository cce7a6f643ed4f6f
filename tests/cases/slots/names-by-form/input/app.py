from gpt4all import GPT4All

REVISED = "acme-ai/llama-13b-chat:" + "0" * 64
VERSION = "acme-ai/llama-13b-chat:5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa"


class GPT4AllChat:
    def __init__(self, config):
        config.model = config.model or "orca-mini-3b-gguf2-q4_0.gguf"


FALLBACK_MODELS = ["us.deepseek.r1-v1:0", "amazon.nova-pro-v1:0", "writer.palmyra-x5-v1:0"]
FAST_MODEL = "gemini-flash-latest"
MODEL_PREFIX = "gpt-35-"
MODULE = "openai.types.chat-1"
