from transformers import AutoModelForMaskedLM, Trainer, TrainingArguments

model = AutoModelForMaskedLM.from_pretrained("camembert-base")
arguments = TrainingArguments("out", push_to_hub=True, hub_model_id="acme-labs/camembert-tickets")
trainer = Trainer(model=model, args=arguments)
trainer.train()
model.push_to_hub("acme-labs/camembert-tickets")
