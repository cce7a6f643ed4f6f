import argparse

import whisper
from transformers import GenerationConfig, Wav2Vec2ForCTC


def load(name):
    model = whisper.load_model(name)
    return model, GenerationConfig.from_pretrained(name)


def align(name="WAV2VEC2_ASR_BASE_960H"):
    return Wav2Vec2ForCTC.from_pretrained(name)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="small")
    load(parser.parse_args().model)
    load("openai/whisper-small")
