"""Documents as .docx, for letters and papers that an office goes on editing (python-docx here only)."""
