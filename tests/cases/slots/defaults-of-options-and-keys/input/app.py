import argparse

import click
import torch

parser = argparse.ArgumentParser()
parser.add_argument("--model", default="zorg/option")
parser.add_argument("--size", default="zorg/size")
parser.add_argument("--embedding-model", choices=["zorg/one", "zorg/two"])


@click.option("--model-name", default="zorg/clicked")
def main(model_name): ...


first = config.get("model", "zorg/got")
second = getattr(config, "model_name", "zorg/attribute")
config.setdefault("llm", "zorg/set")
third = config.get("content_type", "zorg/other")
