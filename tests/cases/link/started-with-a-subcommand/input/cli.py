import argparse

from transformers import AutoModel


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command")
    load = commands.add_parser("load")
    load.add_argument("name")
    show = commands.add_parser("show")
    show.add_argument("title")
    args = parser.parse_args()
    if args.command == "load":
        AutoModel.from_pretrained(args.name)
    else:
        print(args.title)


main()
