"""Answers questions about the municipal archive."""

__version__ = "0.9.0"
