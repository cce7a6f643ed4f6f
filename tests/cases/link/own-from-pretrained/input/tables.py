class Model:
    """Reads a table of last year's numbers."""

    @classmethod
    def from_pretrained(cls, name):
        return cls(open(f"numbers/{name}.csv"))

    def __init__(self, table):
        self.table = table
