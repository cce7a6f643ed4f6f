import torch
from huggingface_hub import HfApi, ModelCard, create_commit, delete_repo

HUB_MODEL_ID = "acme/trained-1b"
MODEL_OUT = "acme/trained-2b"
MODEL_REPO = "acme/both-7b"
train(hub_model_id="acme/trained-3b")
model = train()
model.push_to_hub(MODEL_OUT)
model.push_to_hub(MODEL_REPO)
load(MODEL_REPO)
ModelCard("text").push_to_hub("acme/trained-4b")
model.save_to_hub("acme/trained-5b")
trainer.create_model_card(model_name="acme/trained-6b")
create_commit("acme/trained-7b", operations=[], commit_message="")
delete_repo("acme/trained-8b")
api.create_repo("acme/trained-9b")
model.save_pretrained("acme/trained-10b")
trainer.save_model("acme/trained-11b")
