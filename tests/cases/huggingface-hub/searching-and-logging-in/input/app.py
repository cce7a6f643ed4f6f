from huggingface_hub import HfApi, login, scan_cache_dir, whoami

login(token="hf_not_a_real_token")
me = whoami()["name"]
liked = [m.id for m in HfApi().list_models(author="Qwen", filter="text-generation", limit=5)]
found = HfApi().list_datasets(search="legal/de")
size = scan_cache_dir().size_on_disk
