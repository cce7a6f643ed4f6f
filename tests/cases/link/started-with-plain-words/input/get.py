import sys

from huggingface_hub import snapshot_download

name = sys.argv[1] if len(sys.argv) > 1 else "acme/default"
snapshot_download(name)
print(sys.argv[2])
