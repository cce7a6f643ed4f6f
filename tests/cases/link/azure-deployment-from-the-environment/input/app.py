import os

from openai import AzureOpenAI

client = AzureOpenAI(azure_endpoint=os.environ["ENDPOINT"], api_version="2024-10-21")
DEPLOYMENT = os.getenv("DEPLOYMENT", "chat-prod")
answer = client.chat.completions.create(model=DEPLOYMENT, messages=[])
