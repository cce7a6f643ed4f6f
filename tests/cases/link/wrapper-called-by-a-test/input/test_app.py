from app import encoder


def test_encoder():
    assert encoder("sentence-transformers-testing/stsb-bert-tiny-safetensors")
