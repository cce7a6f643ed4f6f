import huggingface_hub as hub
from huggingface_hub import snapshot_download

folder = snapshot_download(
    repo_id="deepseek-ai/DeepSeek-R1-Distill-Qwen-7B",
    revision="916b56a44061fd5cd7d6a8fb632557ed4f724f60",
    allow_patterns=["*.safetensors", "*.json"],
)
data = hub.snapshot_download("HuggingFaceH4/ultrachat_200k", repo_type="dataset")
