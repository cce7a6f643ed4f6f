from omegaconf import OmegaConf
from transformers import AutoModel, AutoTokenizer

conf = OmegaConf.load("conf/train.yaml")
model = AutoModel.from_pretrained(conf.model.name, revision="main")
tokenizer = AutoTokenizer.from_pretrained(conf.model.tokenizer.name)
