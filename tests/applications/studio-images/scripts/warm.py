"""Fill the cache of the image; run in the Dockerfile."""

import sys
import textwrap

from huggingface_hub import snapshot_download

REPOS = textwrap.dedent("""
    # one a line
    madebyollin/sdxl-vae-fp16-fix
    SG161222/RealVisXL_V4.0
""")


def main(only: str = "") -> int:
    for line in REPOS.split():
        if "/" in line and only in line:
            snapshot_download(line, allow_patterns=["*.json", "*.safetensors"])
    snapshot_download("multimodalart/face-to-all", repo_type="space")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
