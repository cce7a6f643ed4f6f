"""What all tests share: the switch that rewrites expected files."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# How fast a machine is, and what else it does, says nothing about the code.
settings.register_profile("aibom", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("aibom")

# Some three hundred tests start a Python of their own, which would compile every module anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regold", action="store_true", help="rewrite the expected files; read the diff like code")


@pytest.fixture
def regold(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--regold"))
