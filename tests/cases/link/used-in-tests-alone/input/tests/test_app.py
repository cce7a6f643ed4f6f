from transformers import AutoModel


def test_load():
    assert AutoModel.from_pretrained("hf-tiny-model-private/tiny-random-BertModel")
