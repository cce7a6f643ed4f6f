CORPUS = "stanfordnlp/sst2"
