"""Summarise meeting notes."""

from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("google/flan-t5-base")
model = AutoModelForSeq2SeqLM.from_pretrained(
    "google/flan-t5-base",
    revision="7bcac572ce56db69c1ea7c8af255c5d7c9672fc2",
    use_safetensors=True,
)


def summarise(text):
    ids = tokenizer("summarize: " + text, return_tensors="pt").input_ids
    return tokenizer.decode(model.generate(ids)[0])
