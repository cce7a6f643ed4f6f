from huggingface_hub import HfApi, create_repo, upload_folder

create_repo("acme-labs/ticket-router", private=True, exist_ok=True)
upload_folder(repo_id="acme-labs/ticket-router", folder_path="out")
HfApi().upload_file(path_or_fileobj="data.csv", path_in_repo="data.csv", repo_id="acme-labs/tickets", repo_type="dataset")
