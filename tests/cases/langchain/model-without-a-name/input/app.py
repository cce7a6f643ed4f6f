from langchain_core.language_models import FakeListChatModel
from langchain_text_splitters import RecursiveCharacterTextSplitter
from langchain.agents import create_agent

fake = FakeListChatModel(responses=["gpt-4o says hi"])
splitter = RecursiveCharacterTextSplitter.from_tiktoken_encoder(encoding_name="cl100k_base", chunk_size=200)
agent = create_agent(model=fake, tools=[])
