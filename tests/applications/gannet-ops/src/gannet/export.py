"""Export what is served: ``gannet-export MODEL``."""

import argparse
import os

from optimum.onnxruntime import ORTModelForFeatureExtraction
from sentence_transformers import SentenceTransformer


def parse(argv=None):
    parser = argparse.ArgumentParser(prog="gannet-export")
    parser.add_argument("source", help="what to export")
    parser.add_argument("-t", "--teacher", metavar="ID")
    parser.add_argument("--opset", type=int, default=17)
    parser.add_argument("--no-check", action="store_false", dest="check")
    parser.add_argument("--title", default="gannet/export")
    return parser.parse_args(argv)


def main():
    options = parse()
    model = ORTModelForFeatureExtraction.from_pretrained(options.source, export=True)
    if options.teacher:
        print(SentenceTransformer(options.teacher))
    fallback = SentenceTransformer(os.environ["GANNET_FALLBACK"])
    model.save_pretrained(options.title)
    print(fallback, options.opset, options.check)
