"""Records <-> workbooks. openpyxl and calamine are imported here only."""
