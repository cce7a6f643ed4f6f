from sklearn.datasets import fetch_20newsgroups, fetch_openml, load_iris

fetch_20newsgroups(subset="train")
fetch_openml("mnist_784", version=1)
X, y = load_iris(return_X_y=True)
