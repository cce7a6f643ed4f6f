import sys

from transformers import AutoModelForCausalLM

if "--big" in sys.argv:
    NAME = "Qwen/Qwen2.5-32B-Instruct"
elif "--tiny" in sys.argv:
    NAME = "Qwen/Qwen2.5-0.5B-Instruct"
else:
    NAME = "Qwen/Qwen2.5-7B-Instruct"

model = AutoModelForCausalLM.from_pretrained(NAME)
