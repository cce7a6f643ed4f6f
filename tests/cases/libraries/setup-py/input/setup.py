from pathlib import Path

from setuptools import find_packages, setup

BASE = ["torch>=2.4", "requests", "openai==2.8.1"]
EXTRAS = {"serve": ["vllm==0.11.2"], "test": ["deepeval"]}


def requirements(name):
    return Path(name).read_text().splitlines()


setup(
    name="app",
    packages=find_packages(),
    install_requires=BASE + ["transformers>=4.57"] + requirements("deps/more.pip"),
    extras_require={**EXTRAS, "local": ["llama-cpp-python"], "rest": EXTRAS["serve"]},
    tests_require="langsmith\nragas>=0.2",
    setup_requires=["not a requirement !!"],
)
