"""The ledger: tree of parts and units, list of tasks, one task with its months."""
