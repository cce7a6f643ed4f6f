from optimum.onnxruntime import ORTModelForSequenceClassification
from optimum.intel.openvino import OVModelForCausalLM

sentiment = ORTModelForSequenceClassification.from_pretrained(
    "distilbert/distilbert-base-uncased-finetuned-sst-2-english", export=True
)
writer = OVModelForCausalLM.from_pretrained(model_id="HuggingFaceTB/SmolLM2-360M-Instruct")
