from huggingface_hub import hf_hub_download, hf_hub_url, try_to_load_from_cache

weights = hf_hub_download("TheBloke/Mistral-7B-Instruct-v0.2-GGUF", "mistral-7b-instruct-v0.2.Q4_K_M.gguf", revision="v1")
labels = hf_hub_download(repo_id="huggingface/label-files", filename="imagenet-1k-id2label.json", repo_type="dataset")
address = hf_hub_url(repo_id="lysandre/arxiv-nlp", filename="config.json")
cached = try_to_load_from_cache("lysandre/arxiv-nlp", "config.json")
