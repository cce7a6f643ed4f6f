import modal

REPO = "Qwen/Qwen2.5-Coder-7B-Instruct"
REVISION = "c03e6d358207e414f1eca0bb1891e29f1db0e242"


def fetch():
    from huggingface_hub import snapshot_download

    snapshot_download("microsoft/speecht5_tts", ignore_patterns=["*.pt"])
    snapshot_download(repo_id=REPO, revision=REVISION)


image = (
    modal.Image.debian_slim(python_version="3.12")
    .pip_install("vllm==0.8.5", "huggingface_hub[hf_transfer]==0.30.2")
    .uv_pip_install("sentence-transformers==4.1.0")
    .run_commands(
        "huggingface-cli download BAAI/bge-reranker-v2-m3",
        "python -m spacy download en_core_web_md",
    )
    .env({"HF_HUB_ENABLE_HF_TRANSFER": "1", "EMBEDDING_MODEL": "Alibaba-NLP/gte-modernbert-base"})
    .run_function(fetch)
)
app = modal.App("quarry/coder", image=image)
cache = modal.Volume.from_name("quarry-cache")


@app.cls(gpu="L40S", volumes={"/cache": cache}, secrets=[modal.Secret.from_name("huggingface")])
class Coder:
    model_name: str = modal.parameter(default=REPO)

    @modal.enter()
    def load(self):
        from vllm import LLM

        self.llm = LLM(model=self.model_name)


@app.function(gpu="H100")
@modal.web_server(8000)
def serve():
    import subprocess

    subprocess.Popen(f"vllm serve --model {REPO} --revision {REVISION} --port 8000", shell=True)
