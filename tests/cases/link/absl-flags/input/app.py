from absl import app, flags
from transformers import AutoModel

FLAGS = flags.FLAGS
flags.DEFINE_string("model", "acme/ranker-7b", "x")
M = flags.DEFINE_string("model2", "acme/reader-1b", "x")


def main(_):
    AutoModel.from_pretrained(FLAGS.model)
    AutoModel.from_pretrained(M.value)
