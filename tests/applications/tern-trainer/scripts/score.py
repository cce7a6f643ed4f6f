import click
from sentence_transformers import CrossEncoder, SentenceTransformer


@click.command()
@click.argument("candidate")
@click.option("--against", "-a", multiple=True)
@click.option("--label", default="plain")
def score(candidate, against, label):
    print(label, SentenceTransformer(candidate))
    for other in against:
        print(CrossEncoder(other))


if __name__ == "__main__":
    score()
