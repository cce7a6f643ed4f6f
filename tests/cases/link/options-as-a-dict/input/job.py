import whisper
from transformers import AutoModel


def work(args):
    whisper.load_model(args.pop("model"))
    AutoModel.from_pretrained(args.get("align"))
