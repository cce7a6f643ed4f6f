import os

from transformers import AutoModel

ORG = "google"
SIZE = "base"

a = AutoModel.from_pretrained(f"{ORG}/flan-t5-{SIZE}")
b = AutoModel.from_pretrained("google/" + "umt5-" + "small")
c = AutoModel.from_pretrained("%s/mt5-%s" % (ORG, SIZE))
d = AutoModel.from_pretrained("{}/long-t5-tglobal-{size}".format(ORG, size=SIZE))
e = AutoModel.from_pretrained(os.path.join(ORG, "electra-small-discriminator"))
f = AutoModel.from_pretrained("google/"
                              "pegasus-xsum")
