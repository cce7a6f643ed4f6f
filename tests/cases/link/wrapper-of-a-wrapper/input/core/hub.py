from huggingface_hub import snapshot_download


def fetch(repo, commit=None):
    return snapshot_download(repo_id=repo, revision=commit)
