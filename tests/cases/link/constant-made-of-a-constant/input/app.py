from names import DEFAULT
from transformers import pipeline

generate = pipeline("text-generation", model=DEFAULT)
