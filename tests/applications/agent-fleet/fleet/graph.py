"""The night desk, with LangGraph."""

from langchain.chat_models import init_chat_model
from langchain_groq import ChatGroq
from langchain_ollama import OllamaEmbeddings
from langgraph.prebuilt import create_react_agent

from fleet.config import ROUTER

router = init_chat_model(ROUTER)
guard = ChatGroq(model="llama-guard-3-8b", temperature=0)
night = create_react_agent("anthropic:claude-3-5-haiku-latest", tools=[], prompt="You answer at night.", name="night-desk")
vectors = OllamaEmbeddings(model="nomic-embed-text")
