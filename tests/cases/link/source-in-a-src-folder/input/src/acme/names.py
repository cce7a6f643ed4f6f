RANKER = "cross-encoder/stsb-roberta-base"
