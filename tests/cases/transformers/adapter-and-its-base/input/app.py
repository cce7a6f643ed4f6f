from peft import AutoPeftModelForCausalLM, PeftConfig, PeftModel
from transformers import AutoModelForCausalLM

base = AutoModelForCausalLM.from_pretrained("tiiuae/falcon-7b", trust_remote_code=True)
model = PeftModel.from_pretrained(base, "dfurman/Falcon-7B-Chat-v0.1")
other = AutoPeftModelForCausalLM.from_pretrained("ybelkada/opt-350m-lora")
config = PeftConfig.from_pretrained(pretrained_model_name_or_path="smangrul/twitter_complaints_bigscience_T0_3B_LORA")
