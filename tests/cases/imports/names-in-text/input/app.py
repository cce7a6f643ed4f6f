"""
To train, write

    import torch
    from transformers import Trainer
"""

HELP = """
import torch
from openai import OpenAI
"""
# import tensorflow as tf
