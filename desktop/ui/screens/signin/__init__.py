"""Signing in, locking, and what else may be opened."""
