import anthropic
import requests
from bs4 import BeautifulSoup

client = anthropic.Anthropic()


def summarise(url):
    page = BeautifulSoup(requests.get(url).text, "html.parser").get_text()
    return client.messages.create(
        model="claude-sonnet-4-20250514",
        max_tokens=100,
        messages=[{"role": "user", "content": "Summarise: " + page}],
    )
