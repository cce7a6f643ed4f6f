from transformers import AutoModel


class C:
    pass


c = C()
setattr(c, "name", "acme/reader-1b")
AutoModel.from_pretrained(c.name)
