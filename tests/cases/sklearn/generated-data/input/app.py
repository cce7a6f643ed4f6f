from sklearn.datasets import load_files, make_blobs, make_classification

make_blobs(n_samples=10)
make_classification()
load_files("corpus")
