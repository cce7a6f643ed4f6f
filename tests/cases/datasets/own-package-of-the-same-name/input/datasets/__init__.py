from .loading import load_dataset
