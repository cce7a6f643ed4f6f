from openai import OpenAI


class Base:
    def __init__(self, url="https://api.deepseek.com"):
        self.client = OpenAI(base_url=url)
