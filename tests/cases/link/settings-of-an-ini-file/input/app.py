import configparser

from transformers import pipeline

config = configparser.ConfigParser()
config.read("app.ini")

a = pipeline("summarization", model=config["summary"]["model"])
b = pipeline("ner", model=config.get("entities", "Model"))
