from transformers import AutoModelForCausalLM

model = AutoModelForCausalLM.from_pretrained("model", trust_remote_code=True)
