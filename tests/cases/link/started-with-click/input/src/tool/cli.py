import click
from transformers import AutoModel


@click.group()
def cli():
    pass


@cli.command()
@click.argument("model")
@click.option("--against", "-a", multiple=True)
@click.option("--label", default="x")
def compare(model, against, label):
    for name in (model, *against):
        AutoModel.from_pretrained(name)


@cli.command("tell-all")
@click.argument("topic")
@click.option("--teller", default="acme/teller")
@click.option("--loud", is_flag=True)
def tell(topic, teller, loud):
    AutoModel.from_pretrained(teller)


if __name__ == "__main__":
    cli()
