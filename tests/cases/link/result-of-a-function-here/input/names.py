def pick(language):
    if language == "de":
        return "deepset/gbert-base"
    return "deepset/deberta-v3-base-squad2"
