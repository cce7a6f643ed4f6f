from setuptools import setup


def needed():
    with open("needs.txt") as file:
        return [line.strip() for line in file]


OPTIONS = {"install_requires": needed(), "name": "app"}
setup(**OPTIONS)
