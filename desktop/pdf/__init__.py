"""Pages from blocks (reportlab here only); signing and checking (pyHanko here only)."""
