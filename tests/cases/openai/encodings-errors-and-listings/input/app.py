import openai
import tiktoken
from openai import APIError, OpenAI

client: OpenAI | None = None
count = len(tiktoken.encoding_for_model("gpt-4o").encode("hello"))
encoding = tiktoken.get_encoding("o200k_base")


def retry(call):
    try:
        return call()
    except (APIError, openai.RateLimitError) as error:
        raise RuntimeError("gpt-4 is overloaded") from error
