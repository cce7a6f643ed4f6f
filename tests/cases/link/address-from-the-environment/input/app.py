import os

from openai import OpenAI

client = OpenAI(base_url=os.environ["HOUSE_URL"])
answer = client.chat.completions.create(model="house-7", messages=[])
