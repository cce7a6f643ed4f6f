from transformers import AutoModel

# model = AutoModel.from_pretrained("facebook/vit-msn-small")


def model():
    """
    Load it, as in

    >>> SentenceTransformer("facebook/contriever")
    """
