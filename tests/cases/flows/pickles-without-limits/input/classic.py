import pickle
from pathlib import Path

import joblib
import numpy as np

CLASSIFIER = "models/churn.joblib"

churn = joblib.load(CLASSIFIER)
orders = joblib.load("cache/orders.joblib")
with open("weights/ranker_model.pkl", "rb") as file:
    ranker = pickle.load(file)
other = pickle.load(Path("model.pkl").open("rb"))
table = pickle.load(open("table.pkl", "rb"))
embeddings = np.load("weights.npy", allow_pickle=True)
plain = np.load("weights.npy")


def unsafe():
    import keras

    keras.config.enable_unsafe_deserialization()
