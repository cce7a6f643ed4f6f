import argparse


def make_parser():
    parser = argparse.ArgumentParser()
    group = parser.add_argument_group("model")
    group.add_argument("--base", default="EleutherAI/pythia-410m")
    return parser


def get_args():
    args, rest = make_parser().parse_known_args()
    return args
