from assistant import session

session.llm.model = "bedrock/anthropic.claude-3-sonnet-20240229-v1:0"


class Options:
    agent_model: str = "openai:gpt-4.1"
    small_model: str = "ollama/qwen2:1.5b"
    rerank_model: str = "cohere:rerank-v3.5"
    local_model: str = "mistral:7b"
    hub_model: str = "openai/clip-vit-base-patch32"
    host: str = "ollama:11434"
    model_server: str = "ollama:11434"
