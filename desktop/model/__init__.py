"""Pure Python: forms, field types, records, registers, merge, periods, policies. No Qt, no SQL, no files."""
