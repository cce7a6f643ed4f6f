from dataclasses import dataclass, field

from datasets import load_dataset
from transformers import AutoModelForMaskedLM, HfArgumentParser, TrainingArguments


@dataclass
class ModelArguments:
    model_name_or_path: str = field(default="FacebookAI/roberta-large", metadata={"help": "the base"})


@dataclass
class DataArguments:
    dataset_name: str = "Salesforce/wikitext"
    config: str | None = None


def main():
    parser = HfArgumentParser((ModelArguments, DataArguments, TrainingArguments))
    model_args, data_args, training_args = parser.parse_args_into_dataclasses()
    load_dataset(data_args.dataset_name, data_args.config)
    AutoModelForMaskedLM.from_pretrained(model_args.model_name_or_path)


main()
