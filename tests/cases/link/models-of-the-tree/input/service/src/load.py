from transformers import AutoModel

near = AutoModel.from_pretrained("../../models/my-ranker")
rooted = AutoModel.from_pretrained("./models/my-ranker")
elsewhere = AutoModel.from_pretrained("./models/other-ranker")
