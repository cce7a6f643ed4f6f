from huggingface_hub import HfApi, snapshot_download

snapshot_download("gradio/hello_world", repo_type="space")
HfApi().restart_space("acme-labs/demo")
