from abc import abstractmethod

from transformers import AutoModel


class Base:
    @property
    @abstractmethod
    def name(self):
        raise NotImplementedError

    def load(self):
        return AutoModel.from_pretrained(self.name)
