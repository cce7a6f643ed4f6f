from huggingface_hub import snapshot_download

REPOS = """
    # one a line
    madebyollin/sdxl-vae-fp16-fix
    SG161222/RealVisXL_V4.0
"""
PLAIN = "intfloat/e5-small-v2\nBAAI/bge-m3".split("\n")

for line in REPOS.split():
    if "/" in line:
        snapshot_download(line)
for line in REPOS.splitlines():
    if line and not line.startswith("#"):
        snapshot_download(line.strip())
for name in PLAIN:
    snapshot_download(name)
