import os

import torch
from pyannote.audio import Pipeline
from speechbrain.inference.speaker import EncoderClassifier

PIPELINE = "pyannote/speaker-diarization-3.1"


def turns(path: str):
    pipeline = Pipeline.from_pretrained(PIPELINE, use_auth_token=os.environ["HF_TOKEN"])
    pipeline.to(torch.device("cuda"))
    return pipeline(path)


def voice_print(path: str):
    source = "speechbrain/spkrec-ecapa-voxceleb"
    encoder = EncoderClassifier.from_hparams(source=source, savedir="cache/ecapa")
    return encoder.encode_file(path)


def is_speech(chunk):
    """Silero's repository is on GitHub."""
    model, utils = torch.hub.load(repo_or_dir="snakers4/silero-vad", model="silero_vad", onnx=False)
    return utils[0](chunk, model)
