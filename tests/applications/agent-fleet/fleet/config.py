import os
from enum import StrEnum


class Model(StrEnum):
    PLANNER = "gpt-4.1"
    WRITER = "claude-3-7-sonnet-20250219"
    CHEAP = "gpt-4o-mini"


ROUTER = os.environ.get("FLEET_ROUTER", "groq:llama-3.1-8b-instant")
STAGES = {"main": "house/main", "studio": "house/studio"}
