import nltk
import stanza
from flair.embeddings import TransformerWordEmbeddings
from flair.models import SequenceTagger

nltk.download("punkt_tab")
nltk.download(["stopwords", "wordnet"])
nltk.data.find("tokenizers/punkt")
stanza.Pipeline("de", processors="tokenize,ner")
stanza.download()
SequenceTagger.load("ner-large")
SequenceTagger.load("flair/ner-english-ontonotes")
TransformerWordEmbeddings("xlm-roberta-base")
