import sys

from transformers import AutoModelForCausalLM

NAME = "microsoft/phi-2"
if "--new" in sys.argv:
    NAME = "microsoft/phi-4"

model = AutoModelForCausalLM.from_pretrained(NAME)
