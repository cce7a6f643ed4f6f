from langchain.agents import create_agent
from langchain.chat_models import init_chat_model
from langchain.embeddings import init_embeddings

a = init_chat_model("anthropic:claude-3-5-sonnet-latest")
b = init_chat_model("gpt-4o", temperature=0)
c = init_chat_model("llama3-8b-8192", model_provider="groq")
d = init_embeddings("openai:text-embedding-3-small")
agent = create_agent("google_genai:gemini-2.5-flash", tools=[])
