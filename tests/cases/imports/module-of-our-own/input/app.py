from . import openai
from .anthropic import ask
from ..agents import plan
import inference
import agents
