import nltk
from flair.data import Sentence
from nltk.stem import PorterStemmer
from nltk.util import ngrams

PorterStemmer().stem("running")
list(ngrams([1, 2, 3], 2))
nltk.data.path.append("/srv/nltk")
Sentence("Berlin is large")
