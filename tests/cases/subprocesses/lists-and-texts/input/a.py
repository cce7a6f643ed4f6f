import subprocess, os
MODEL = "BAAI/bge-m3"
subprocess.run(["hf", "download", MODEL, "--revision", "main"], check=True)
subprocess.check_call(["ollama", "pull", "llama3"])
os.system(f"vllm serve {MODEL} --port 80")
cmd = ["huggingface-cli", "download", "--repo-type", "dataset", "stanfordnlp/imdb"]
subprocess.Popen(cmd)
subprocess.run(["git", "status"])
