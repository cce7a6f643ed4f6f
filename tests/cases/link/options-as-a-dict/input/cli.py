import argparse

from job import work


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="small")
    parser.add_argument("--align", default="acme-ai/align-base")
    args = parser.parse_args().__dict__
    work(args)
