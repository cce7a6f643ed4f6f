from acme.mirror import hf_hub_download


def snapshot_download(repo_id):
    return f"/mnt/mirror/{repo_id}"


a = hf_hub_download("acme/router", "weights.bin")
b = snapshot_download("acme/router")
