import os

KEY = os.environ["DEEPSEEK_API_KEY"]
