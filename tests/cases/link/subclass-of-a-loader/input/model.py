from transformers import PreTrainedModel


class Router(PreTrainedModel):
    pass
