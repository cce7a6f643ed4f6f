MODEL = "acme/ranker-7b"
