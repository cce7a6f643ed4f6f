"""Agents that run the back office of a theatre."""
