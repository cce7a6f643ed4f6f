import google.generativeai as genai
from google.cloud import aiplatform
from llama_index.core import VectorStoreIndex
from llama_index.llms.openai import OpenAI
import langchain_community.llms
