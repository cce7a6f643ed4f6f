from typing import NamedTuple


class Entry(NamedTuple):
    repo: str
    dims: int


class Zoo:
    SMALL = Entry("BAAI/bge-small-zh-v1.5", 512)
    LARGE = Entry(repo="BAAI/bge-large-zh-v1.5", dims=1024)
