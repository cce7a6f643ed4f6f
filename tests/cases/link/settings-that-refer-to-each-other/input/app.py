from omegaconf import OmegaConf
from transformers import AutoModel

cfg = OmegaConf.load("c.yaml")
AutoModel.from_pretrained(cfg.model.name)
