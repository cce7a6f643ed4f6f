import pytest
from transformers import AutoModel


@pytest.mark.parametrize("name,n", [("acme/ranker-7b", 1), pytest.param("acme/reader-1b", 2, id="x")])
def test_x(name, n):
    AutoModel.from_pretrained(name)
