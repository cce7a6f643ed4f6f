from langchain_openai import AzureChatOpenAI


def chat(endpoint, model="gpt-4.1"):
    return AzureChatOpenAI(openai_api_base=endpoint, deployment_name=model)
