from huggingface_hub import HfApi

api = HfApi()
info = api.model_info("facebook/nllb-200-distilled-600M")
files = api.list_repo_files("mozilla-foundation/common_voice_17_0", repo_type="dataset")
about = api.dataset_info("google/fleurs")
path = api.hf_hub_download("facebook/nllb-200-distilled-600M", "config.json")
