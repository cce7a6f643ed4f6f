default_cfgs = {
    "small": {"url": "https://static.invalid/models?id=v0.3.1/reader_small-9762b0b0.pt&src=0", "mean": (0.6, 0.6)},
    "large": {"url": "https://static.invalid/models?token=secret&id=v0.3.1/reader_large-f5259ec2.pt", "mean": (0.6, 0.6)},
    "none": {"url": "https://static.invalid/models?id=v0.3.1/words.txt", "mean": (0.6, 0.6)},
}
