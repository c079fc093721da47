"""What a clerk can do: one function, one permission, one transaction, one entry in the log."""
