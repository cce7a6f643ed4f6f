from adapters import AutoAdapterModel, init
from transformers import AutoModelForCausalLM
from peft import PeftModel
m = AutoAdapterModel.from_pretrained("acme/base-7b")
m.load_adapter("AdapterHub/roberta-base-pf-imdb", version="v1")
a = AutoModelForCausalLM.from_pretrained("acme/chat-7b")
a.load_adapter("acme/chat-lora")
p = PeftModel.from_pretrained(a, "acme/first-lora")
p.load_adapter("acme/second-lora", adapter_name="x")
def f(model):
    model.load_adapter("acme/third-lora")
