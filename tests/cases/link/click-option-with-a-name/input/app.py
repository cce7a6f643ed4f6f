import click
from transformers import AutoModel


@click.command()
@click.option(
    "--model", "-m", "name", default="acme/ranker-7b", type=click.Choice(["acme/reader-1b", "acme/writer-3b"])
)
def main(name):
    AutoModel.from_pretrained(name)
