import functools

from transformers import AutoModel


def with_model(*, name):
    def deco(fn):
        @functools.wraps(fn)
        def inner(*a, **k):
            m = AutoModel.from_pretrained(name)
            return fn(m, *a, **k)

        return inner

    return deco
