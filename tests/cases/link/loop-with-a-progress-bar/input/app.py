from tqdm import tqdm
from transformers import AutoModel

for n in tqdm(["acme/ranker-7b"], desc="x"):
    AutoModel.from_pretrained(n)
