from .constants import *
from .constants import DEFAULT_MODEL as MODEL
