"""Checking a signed submission: every condition by itself, and what follows from all of them."""
