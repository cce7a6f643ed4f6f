from langchain_core.messages import HumanMessage, SystemMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate

prompt = ChatPromptTemplate.from_messages([("system", "You are gpt-4o."), ("human", "{question}")])
messages = [SystemMessage(content="Answer as claude-3-opus would."), HumanMessage(content="Hi")]
chain = prompt | StrOutputParser()
