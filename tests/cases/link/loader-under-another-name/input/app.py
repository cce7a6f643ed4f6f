import transformers
from transformers import AutoModel

load = AutoModel.from_pretrained
Model = transformers.AutoModelForSequenceClassification

a = load("sentence-transformers/LaBSE")
b = Model.from_pretrained("unitary/toxic-bert")
