from transformers import AutoModel

AutoModel.from_pretrained("acme_ranker-7b".replace("_", "/"))
AutoModel.from_pretrained("hf:acme/reader-1b".removeprefix("hf:"))
AutoModel.from_pretrained("acme/writer-3b@v1".split("@")[0])
AutoModel.from_pretrained("ACME/SPEAKER-4B".casefold())
AutoModel.from_pretrained(" acme/hearer-5b ".strip())
AutoModel.from_pretrained("x:acme/seer-6b".partition(":")[2])
AutoModel.from_pretrained("acme/knower-7b/".rstrip("/"))
