from huggingface_hub import hf_hub_download

from consts import REPO


def voice(name, repo_id=REPO):
    return hf_hub_download(repo_id=repo_id, filename=f"voices/{name}.pt")
