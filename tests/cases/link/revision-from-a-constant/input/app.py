from transformers import AutoModel, AutoTokenizer

from pins import COMMIT, TAG

model = AutoModel.from_pretrained("bert-base-multilingual-cased", revision=COMMIT)
other = AutoTokenizer.from_pretrained("answerdotai/ModernBERT-base", revision=TAG)
