import pytest

from app import available_models, load


@pytest.mark.parametrize("name", available_models())
def test_load(name):
    load(name)


def test_each():
    for name in available_models():
        load(name)
