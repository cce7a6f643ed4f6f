from dataclasses import dataclass


@dataclass(frozen=True)
class Bot:
    name: str
    model: str
    temperature: float = 0.0


BOTS = [Bot("support", "gpt-4o"), Bot(name="sales", model="gpt-4o-mini", temperature=1)]
