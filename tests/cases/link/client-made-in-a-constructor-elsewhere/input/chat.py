from base import Base


class Chat(Base):
    def ask(self, text):
        return self.client.chat.completions.create(model="deepseek-reasoner", messages=[text])
