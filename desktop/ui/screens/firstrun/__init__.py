"""The first run: a new district in five steps."""
