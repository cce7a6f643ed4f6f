from abc import abstractmethod

from transformers import AutoModel


class Base:
    @abstractmethod
    def name(self): ...
    def load(self):
        return AutoModel.from_pretrained(self.name())
