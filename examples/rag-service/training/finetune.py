"""Fine-tune an intent classifier, to replace the zero-shot one."""

import argparse

from datasets import load_dataset
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    DataCollatorWithPadding,
    Trainer,
    TrainingArguments,
)


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base-model", default="distilbert/distilbert-base-uncased")
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--push", action="store_true", help="publish the result")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    dataset = load_dataset("mteb/banking77", revision="9c5a81e5ac685f9dd9c774eed9e9db875bc73cd5")
    id2label = dict(zip(dataset["train"]["label"], dataset["train"]["label_text"], strict=True))

    tokenizer = AutoTokenizer.from_pretrained(args.base_model)
    model = AutoModelForSequenceClassification.from_pretrained(
        args.base_model,
        id2label=id2label,
        label2id={name: label for label, name in id2label.items()},
    )
    encoded = dataset.map(lambda batch: tokenizer(batch["text"], truncation=True), batched=True)
    trainer = Trainer(
        model=model,
        args=TrainingArguments(
            output_dir="runs/intent",
            num_train_epochs=args.epochs,
            eval_strategy="epoch",
        ),
        train_dataset=encoded["train"],
        eval_dataset=encoded["test"],
        data_collator=DataCollatorWithPadding(tokenizer),
    )
    trainer.train()

    if args.push:
        model.push_to_hub("acme/ticket-intent-distilbert", private=True)
        tokenizer.push_to_hub("acme/ticket-intent-distilbert", private=True)


if __name__ == "__main__":
    main()
