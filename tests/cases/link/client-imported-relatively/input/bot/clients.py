import anthropic
from openai import AzureOpenAI

client = AzureOpenAI(azure_endpoint="https://acme.openai.azure.com", api_version="2024-10-21")
claude = anthropic.AnthropicBedrock()
