"""Names as gateways and agent frameworks write them, in calls that no table knows."""

DEFAULT_MODEL = "openai:gpt-4o-mini"
JUDGE_MODEL = "anthropic/claude-3-5-haiku-latest"
LOCAL_LLM = "ollama/llama3.2:3b"
FAST_MODEL = "groq/llama-3.3-70b-versatile"
OPEN_MODEL = "openai/gpt-oss-20b"
TAGGED_MODEL = "mistral:7b"
ASR_MODEL = "openai/whisper-tiny"
DEPENDENCY = "github:owner/repo"
REGION = "azure:eastus"


def ask(model: str = "google_genai:gemini-2.0-flash"):
    return model
