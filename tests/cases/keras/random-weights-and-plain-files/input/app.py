import keras
from keras.applications import ResNet50
from keras.applications.resnet50 import preprocess_input

ResNet50(weights=None, classes=10)
preprocess_input([1])
keras.utils.get_file("news.csv", "https://example.org/news.csv")
keras.models.Sequential([keras.layers.Dense(1)])
