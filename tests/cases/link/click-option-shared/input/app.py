import click
from transformers import AutoModel

model_option = click.option("--name", default="acme/ranker-7b")


@click.command()
@model_option
def main(name):
    AutoModel.from_pretrained(name)
