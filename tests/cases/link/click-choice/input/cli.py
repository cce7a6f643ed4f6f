import click
from openai import OpenAI


@click.command()
@click.option("--model", type=click.Choice(["gpt-4o", "gpt-4o-mini"]), default="gpt-4o-mini")
def ask(model):
    OpenAI().responses.create(model=model, input="hi")
