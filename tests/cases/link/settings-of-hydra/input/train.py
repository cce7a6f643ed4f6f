import hydra
from datasets import load_dataset
from transformers import AutoModel


@hydra.main(config_path="conf", config_name="config", version_base=None)
def main(cfg):
    load_dataset(cfg.dataset)
    return AutoModel.from_pretrained(cfg.model.path)
