from base import Agent


class Reviewer(Agent):
    def __init__(self):
        super().__init__("reviewer", model="claude-opus-4-20250514")


class Writer(Agent):
    pass


team = [Reviewer(), Writer("writer", "claude-sonnet-4-20250514")]
