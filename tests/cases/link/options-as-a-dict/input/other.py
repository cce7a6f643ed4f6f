import argparse

import whisper


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="medium")
    options = vars(parser.parse_args())
    whisper.load_model(options["model"])
