import modal

REPO = "acme/served"


def fetch():
    from huggingface_hub import snapshot_download

    snapshot_download("acme/in-a-function")


image = (
    modal.Image.debian_slim(python_version="3.12")
    .pip_install("vllm==0.8.5", ["torch>=2", "left-pad"])
    .uv_pip_install("sentence-transformers==4.1.0")
    .run_commands("huggingface-cli download acme/run-command", f"hf download {REPO}")
    .env({"EMBEDDING_MODEL": "acme/embedding", "HF_HOME": "/cache/acme"})
    .run_function(fetch)
)
