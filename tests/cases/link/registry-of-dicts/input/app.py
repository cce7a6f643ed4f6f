from huggingface_hub import hf_hub_download

VOICES = {
    "amy": {"repo": "rhasspy/piper-voices", "file": "en/amy.onnx", "rate": 22050},
    "eva": {"repo": "csukuangfj/vits-piper-de_DE-eva_k-x_low", "file": "de/eva.onnx", "rate": 16000},
}


def fetch(voice: str = "amy"):
    entry = VOICES[voice]
    return hf_hub_download(entry["repo"], entry["file"])
