from core import models


def main():
    return models.get("intfloat/e5-large-v2")
