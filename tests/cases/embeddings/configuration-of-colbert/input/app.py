from colbert.infra import ColBERTConfig
ColBERTConfig(nbits=2, checkpoint="colbert-ir/colbertv2.0")
