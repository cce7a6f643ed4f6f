import torchtext
b = torchtext.models.XLMR_BASE_ENCODER
b.get_model()
torchtext.models.ROBERTA_LARGE_ENCODER.get_model(head=None)
