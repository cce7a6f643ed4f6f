from acme.rank import ranker

ranker("cross-encoder/qnli-electra-base")
