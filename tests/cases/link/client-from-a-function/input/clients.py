import os
from functools import lru_cache

from openai import OpenAI


@lru_cache
def get_client():
    return OpenAI(api_key=os.environ["KEY"], base_url="https://api.together.xyz/v1")
