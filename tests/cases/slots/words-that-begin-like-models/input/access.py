import anthropic
import openai

POLICIES = [
    Policy(backend="claude-code", modes=("claude-code-oauth", "chatgpt-oauth"), model="claude-sonnet-4-5"),
    Policy(backend="chatgpt-codex", model="chatgpt-4o-latest"),
]
AZURE_MODELS = ["gpt-4o-2024-08-06", "gpt-35-turbo", "gpt-35-turbo-16k"]
LLM_MODEL = os.environ.get("LLM_MODEL", "mistral-nemo:latest")
