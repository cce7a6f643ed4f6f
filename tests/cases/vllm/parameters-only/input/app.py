from vllm import SamplingParams
from vllm.utils import random_uuid

SamplingParams(temperature=0.8, top_p=0.95)
random_uuid()
