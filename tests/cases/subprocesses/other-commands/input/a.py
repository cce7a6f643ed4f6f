import subprocess
from mine import run

subprocess.run(["git", "clone", "https://github.com/org/name"])
subprocess.run(["ls", "models/bert-base"])
subprocess.run(command)
run(["hf", "download", "BAAI/bge-m3"])
print("ollama pull llama3")
