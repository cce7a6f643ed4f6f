from lib import load_x

load_x("acme/ranker-7b")
