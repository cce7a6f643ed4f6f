from dataclasses import dataclass


@dataclass
class Settings:
    base_model: str = "meta-llama/Llama-3.1-8B"
    train_dataset: str = "HuggingFaceH4/ultrafeedback_binarized"
    llm_name: str = "gpt-4o-mini"
    title: str = "shop/assistant"
