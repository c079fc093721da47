"""The city's certificates: a root, who may sign for which district, and what has been taken back."""
