"""The place 下发收回: a period's round with the units, and closing the period."""
