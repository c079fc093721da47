"""The list of any form."""
