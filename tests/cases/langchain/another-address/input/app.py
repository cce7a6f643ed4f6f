from langchain_openai import AzureChatOpenAI, ChatOpenAI

router = ChatOpenAI(base_url="https://openrouter.ai/api/v1", model="qwen/qwen-2.5-72b-instruct")
old = ChatOpenAI(openai_api_base="https://api.deepseek.com", model_name="deepseek-chat")
azure = AzureChatOpenAI(azure_deployment="chat-eu", api_version="2024-10-21")
