from transformers import AutoModel, AutoTokenizer


class Engine:
    def __init__(self):
        self.model_id = self.tokenizer_id = "tiiuae/Falcon3-1B-Instruct"
        self.draft = None

    def setup(self):
        self.draft = "tiiuae/Falcon3-1B-Base"

    def start(self):
        AutoTokenizer.from_pretrained(self.tokenizer_id)
        AutoModel.from_pretrained(self.model_id)
        return AutoModel.from_pretrained(self.draft)
