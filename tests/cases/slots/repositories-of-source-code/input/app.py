import requests
import torch
from github import Github

REPO = "karpathy/nanoGPT"
SOURCE_REPO = "acme/llm-base"
repo = "acme/tools"
Github().get_repo(REPO)
Github().get_repo("karpathy/minGPT")
requests.get(f"https://api.github.com/repos/{SOURCE_REPO}/releases")
REPO_ID = "acme/support-7b"
