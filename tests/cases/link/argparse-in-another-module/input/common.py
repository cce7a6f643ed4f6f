def add(parser):
    parser.add_argument("--model", default="acme/ranker-7b")
