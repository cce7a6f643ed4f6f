import torch
import torch.nn as nn
from torch.utils.data import DataLoader
from transformers import AutoModel
import transformers.utils
