import os
import sqlite3
import sys

from langchain_anthropic import ChatAnthropic
from langchain_community.vectorstores import FAISS
from langchain_core.prompts import ChatPromptTemplate
from langchain_groq import ChatGroq
from langchain_openai import ChatOpenAI, OpenAIEmbeddings

llm = ChatOpenAI(model="gpt-4o", temperature=float(sys.argv[2]), api_key=os.environ["KEY"])
store = FAISS.load_local("index", OpenAIEmbeddings(model="text-embedding-3-small"))
chain = ChatPromptTemplate.from_messages([("user", "{question}")]) | ChatAnthropic(model="claude-sonnet-4-20250514")
quiet = ChatGroq(model="llama-3.3-70b-versatile", temperature=float(sys.argv[2]))


def ask():
    return chain.invoke({"question": sys.argv[1]})


def look_up(question):
    found = store.similarity_search(question)
    return llm.with_retry().invoke("Use this: " + "\n".join(d.page_content for d in found))


def report():
    query = quiet.invoke("Write a query that counts rows.").content
    return sqlite3.connect("shop.db").execute(query).fetchall()
