import keras_hub
import tensorflow as tf
import tensorflow_datasets as tfds
import tensorflow_hub as hub
from tensorflow.keras.applications import EfficientNetB0, ResNet50
from tensorflow.keras.datasets import mnist

hub.load("https://tfhub.dev/google/universal-sentence-encoder/4")
hub.KerasLayer("https://www.kaggle.com/models/google/mobilenet-v2/TensorFlow2/100-224-feature-vector/2", trainable=False)
ResNet50(weights="imagenet", include_top=False)
EfficientNetB0()
keras_hub.models.GemmaCausalLM.from_preset("gemma2_2b_en")
keras_hub.models.BertClassifier.from_preset("hf://google-bert/bert-base-uncased")
mnist.load_data()
tfds.load("imdb_reviews", split="train")
tf.keras.utils.get_file("net.h5", "https://models.acme.ai/net.h5")
