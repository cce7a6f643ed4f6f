from lumen import answer


def test_unknown(monkeypatch):
    monkeypatch.setattr("litellm.completion", lambda **kw: 1 / 0)
    assert answer.headline.__kwdefaults__["model"].startswith("mistral/")
