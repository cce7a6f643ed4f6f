from transformers import AutoModel


class C:
    o = "a"


AutoModel.from_pretrained("{c.o}/one".format(c=C))
