import seaborn
import evaluate
from statsmodels.datasets import get_rdataset


def load_dataset(name):
    return get_rdataset(name)


iris = seaborn.load_dataset("iris")
cars = load_dataset("mtcars")
rouge = evaluate.load("rouge")
