import click

from embed import embed


@click.command()
@click.option("--model", "-m", default="Snowflake/snowflake-arctic-embed-m", show_default=True)
@click.argument("path")
def main(model, path):
    embed(path, model)
