from transformers import AutoModel

AutoModel.from_pretrained("acme/ranker-7b:x".rsplit(":", 1)[0])
AutoModel.from_pretrained("hf/acme/reader-1b"[3:])
AutoModel.from_pretrained("acme/writer-3b.git".removesuffix(".git"))
AutoModel.from_pretrained("acme/speaker-4b".upper())
