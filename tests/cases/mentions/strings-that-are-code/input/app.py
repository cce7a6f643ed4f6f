DOCS = "see https://huggingface.co/BAAI/bge-m3"
NAMES = ["gpt-4o", "claude-3-opus-20240229"]


def show():
    print("using gpt-4o-mini", DOCS, NAMES)
