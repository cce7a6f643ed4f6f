from sagemaker.huggingface import HuggingFaceModel
from sagemaker.jumpstart.model import JumpStartModel

hub = {"HF_MODEL_ID": "distilbert/distilbert-base-uncased-finetuned-sst-2-english", "HF_TASK": "text-classification"}
model = HuggingFaceModel(env=hub, role="role")
other = HuggingFaceModel(model_data="s3://bucket/model.tar.gz", env={"HF_TASK": "text-classification"})
jump = JumpStartModel(model_id="meta-textgeneration-llama-3-8b", model_version="2.*")
