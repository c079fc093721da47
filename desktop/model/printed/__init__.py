"""Printed forms: `gather` freezes what is printed, `document` derives the pages from that alone."""

from desktop.model.printed.definition import PrintedForm
from desktop.model.printed.gathering import gather, split_values
from desktop.model.printed.loading import load_printed
from desktop.model.printed.making import document
from desktop.model.printed.source import Source

__all__ = ["PrintedForm", "Source", "document", "gather", "load_printed", "split_values"]
