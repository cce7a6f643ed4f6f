import sys

sys.path.append("..")
from pkg import get

NAMES = {"x": 1, "y": 2}
for n in NAMES:
    get(n)
