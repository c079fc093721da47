"""Tables that did not come from the program: read as cells, sent back with what was not understood, filled."""
