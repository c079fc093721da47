"""The place 指标."""
