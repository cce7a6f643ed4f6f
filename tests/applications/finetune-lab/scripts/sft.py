"""Supervised fine-tuning with TRL, for runs that axolotl cannot express."""

from dataclasses import dataclass, field

from datasets import concatenate_datasets, load_dataset
from peft import LoraConfig
from transformers import AutoModelForCausalLM, AutoTokenizer, HfArgumentParser
from trl import SFTConfig, SFTTrainer


@dataclass
class ScriptArguments:
    model_name_or_path: str = field(default="HuggingFaceTB/SmolLM2-360M")
    dataset_name: str = field(default="HuggingFaceTB/smoltalk", metadata={"help": "conversations"})
    dataset_config: str = "smol-magpie-ultra"
    extra: list[str] = field(default_factory=lambda: ["databricks/databricks-dolly-15k", "tatsu-lab/alpaca"])


def main() -> None:
    (args,) = HfArgumentParser(ScriptArguments).parse_args_into_dataclasses()
    tokenizer = AutoTokenizer.from_pretrained(args.model_name_or_path)
    model = AutoModelForCausalLM.from_pretrained(args.model_name_or_path, attn_implementation="sdpa")
    parts = [load_dataset(args.dataset_name, args.dataset_config, split="train")]
    for name in args.extra:
        parts.append(load_dataset(name, split="train"))
    trainer = SFTTrainer(
        model=model,
        processing_class=tokenizer,
        args=SFTConfig(output_dir="outputs/sft", hub_model_id="meridian/smol-support", push_to_hub=False),
        train_dataset=concatenate_datasets(parts),
        peft_config=LoraConfig(task_type="CAUSAL_LM"),
    )
    trainer.train()


if __name__ == "__main__":
    main()
