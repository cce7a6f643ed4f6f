from lib import with_model


@with_model(name="acme/ranker-7b")
def f(m, x):
    return m(x)
