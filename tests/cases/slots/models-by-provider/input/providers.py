import openai

PROVIDERS = {
    "openai": {"default_model": "gpt-4o", "api_key_env": "OPENAI_API_KEY", "name": "Open-AI-1"},
    "groq": {"default_model": "llama-3.3-70b-versatile", "api_key_env": "GROQ_API_KEY", "name": "Groq-Cloud-1"},
    "mistral": {"default_model": "magistral-medium-2509", "region": "eu-west-1"},
}
# Families of models of the Hub are called as their makers' services are.
MODELS = {
    "mistral": "mistralai/Mistral-7B-v0.1",
    "cohere": "CohereForAI/c4ai-command-r-v01",
}
CLASSES = {
    "openai": "agent7.llms.openai.OpenAILLM",
    "groq": "agent7.llms.groq.GroqLLM",
}
LLMS = {"openai": "agent7.llms.OpenAILLM", "groq": "agent7.llms.GroqLLM"}
