"""All open conflicts, side by side."""
