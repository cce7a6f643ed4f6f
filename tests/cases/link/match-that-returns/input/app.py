from transformers import AutoModel


def pick(kind):
    match kind:
        case "a":
            return "acme/ranker-7b"
        case _:
            return "acme/reader-1b"


AutoModel.from_pretrained(pick(3))
