"""The form of any record."""
