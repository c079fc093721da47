"""Checking a signed file."""
