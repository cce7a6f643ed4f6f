class OpenRouterService:
    openrouter_model = "google/gemini-2.5-flash"


class Judge:
    judge_model = "anthropic/claude-3-5-haiku-latest"
    open_model = "openai/gpt-oss-20b"
