import hydra
from hydra.utils import instantiate
from omegaconf import DictConfig


@hydra.main(version_base=None, config_path="../conf", config_name="config")
def main(cfg: DictConfig) -> None:
    tokenizer = instantiate(cfg.tokenizer)
    model = instantiate(cfg.model.classifier)
    print(cfg.run_name, len(tokenizer), model.num_parameters())


if __name__ == "__main__":
    main()
