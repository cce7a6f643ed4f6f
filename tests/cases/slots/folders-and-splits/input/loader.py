import torch


class Evaluation:
    def available_splits(self):
        return ["claude-3-opus_reason", "gpt-4_reason", "gemini-1.5_reason", "llama3-70b_reason"]


def weights(name, model_dir="facelib/weights", repo="ultralytics/assets"):
    return fetch(name, save_dir="facelib/weights-v1", model_dir=model_dir)
