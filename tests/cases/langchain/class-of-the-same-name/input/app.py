class ChatOpenAI:
    def __init__(self, model):
        self.model = model


class Ollama(ChatOpenAI):
    pass


chat = ChatOpenAI(model="gpt-4o")
local = Ollama(model="mistral")
