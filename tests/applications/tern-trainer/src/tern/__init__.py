"""Rank what terns say."""
