from absl import app, flags
from transformers import AutoModel

flags.DEFINE_enum("model", "acme/ranker-7b", ["acme/ranker-7b", "acme/reader-1b"], "x")


def main(_):
    AutoModel.from_pretrained(flags.FLAGS.model)
