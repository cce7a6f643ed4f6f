SECOND = "thenlper/gte-base"
