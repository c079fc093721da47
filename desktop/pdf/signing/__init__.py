"""Putting the data into a PDF and signing both: attaching, stamp, keys, signature."""
