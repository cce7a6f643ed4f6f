import pytorch_lightning as pl
from transformers import AutoModel


class Metric(pl.LightningModule):
    def __init__(self, pretrained_model: str = "acme/ranker-1b", tokenizer: str = "acme/reader-1b"):
        super().__init__()
        self.save_hyperparameters()
        self.encoder = AutoModel.from_pretrained(self.hparams.pretrained_model)

    def loaded(self):
        return AutoModel.from_pretrained(self.hparams.tokenizer)


class Named(pl.LightningModule):
    def __init__(self, model: str = "acme/writer-1b", other: str = "acme/other-1b"):
        super().__init__()
        self.save_hyperparameters("model")
        AutoModel.from_pretrained(self.hparams.model)
        AutoModel.from_pretrained(self.hparams.other)
