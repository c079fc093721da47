"""The package check of a submission: what blocks it and what a reviewer should look at, each with its record."""
