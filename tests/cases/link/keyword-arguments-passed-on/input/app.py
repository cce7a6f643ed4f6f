from lib import embed, load

a = load("facebook/contriever-msmarco")
b = embed("hi", name="facebook/dragon-plus-query-encoder")
