import hydra
from datasets import load_dataset
from omegaconf import DictConfig
from transformers import AutoModel, AutoTokenizer, pipeline


@hydra.main(version_base=None, config_path="../../conf", config_name="config")
def main(cfg: DictConfig) -> None:
    data = load_dataset(cfg.data.path, cfg.data.subset)
    tokenizer = AutoTokenizer.from_pretrained(cfg.model.tokenizer)
    model = AutoModel.from_pretrained(cfg.model.name)
    scorer = pipeline("text-classification", model=cfg.scorer.name, revision=cfg.scorer.revision)
    print(cfg.seed, data, tokenizer, model, scorer)


if __name__ == "__main__":
    main()
