import sqlite3
import subprocess

from markupsafe import Markup, escape
from openai import OpenAI

client = OpenAI()


def message():
    return client.responses.create(model="gpt-4o-mini", input="Describe the change.").output_text


def commit():
    subprocess.run(["git", "commit", "-m", message()], check=True)


def keep():
    sqlite3.connect("shop.db").execute("insert into notes values (?)", (message(),))


def shown():
    return Markup("<p>{}</p>").format(1) + Markup(str(escape(message())))


def count():
    return eval("[1, 2, 3]")[int(message())]
