from datasets import get_dataset_config_names, get_dataset_split_names, load_dataset_builder

builder = load_dataset_builder("rajpurkar/squad")
configs = get_dataset_config_names("cais/mmlu")
splits = get_dataset_split_names("openai/gsm8k", config_name="main")
