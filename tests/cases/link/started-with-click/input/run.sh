python src/tool/cli.py compare acme/first -a acme/second --against acme/third --label acme/label
python -m tool.cli tell-all --loud acme/topic --teller acme/fourth
tool compare acme/fifth
uv run tool tell-all x --teller=acme/sixth
other compare acme/not-ours
