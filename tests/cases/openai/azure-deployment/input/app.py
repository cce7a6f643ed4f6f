from openai import AsyncAzureOpenAI, AzureOpenAI

client = AzureOpenAI(azure_endpoint="https://acme.openai.azure.com", api_version="2024-10-21")
answer = client.chat.completions.create(model="support-gpt4o", messages=[])
pinned = AsyncAzureOpenAI(azure_deployment="embeddings-eu", api_version="2024-10-21")
