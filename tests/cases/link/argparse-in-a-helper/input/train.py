from cli import get_args
from transformers import AutoModelForCausalLM


def main():
    args = get_args()
    AutoModelForCausalLM.from_pretrained(args.base)
