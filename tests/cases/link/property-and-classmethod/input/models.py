from transformers import AutoModel


class Card:
    size = "base"

    @property
    def repo(self):
        return f"sberbank-ai/rugpt3{self.size}"

    @classmethod
    def default(cls, name="ai-forever/ruBert-base"):
        return AutoModel.from_pretrained(name)

    @staticmethod
    def named(name):
        return AutoModel.from_pretrained(name)


class Small(Card):
    size = "small_based_on_gpt2"

    def load(self):
        return AutoModel.from_pretrained(self.repo)
