from langchain_anthropic import ChatAnthropic
from langchain_cohere import CohereRerank
from langchain_google_genai import ChatGoogleGenerativeAI
from langchain_groq import ChatGroq
from langchain_mistralai import MistralAIEmbeddings
from langchain_ollama import ChatOllama
from langchain_openai import ChatOpenAI, OpenAIEmbeddings

a = ChatOpenAI(model="gpt-4.1-mini", temperature=0)
b = OpenAIEmbeddings(model="text-embedding-3-small")
c = ChatAnthropic(model_name="claude-3-5-sonnet-latest")
d = ChatGoogleGenerativeAI(model="gemini-2.0-flash")
e = ChatGroq(model="llama-3.1-8b-instant")
f = ChatOllama(model="llama3.2:3b")
g = MistralAIEmbeddings(model="mistral-embed")
h = CohereRerank(model="rerank-v3.5")
