CORPUS = "allenai/c4"
