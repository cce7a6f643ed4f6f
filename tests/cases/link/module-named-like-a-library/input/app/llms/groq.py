from groq import Groq


class Chat:
    def __init__(self, model=None):
        self.model = model or "llama-3.3-70b-versatile"
        self.client = Groq()

    def ask(self, messages):
        return self.client.chat.completions.create(model=self.model, messages=messages)
