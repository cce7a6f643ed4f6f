from tap import Tap
from transformers import AutoModel


class Args(Tap):
    model: str = "acme/ranker-7b"


args = Args().parse_args()
AutoModel.from_pretrained(args.model)
