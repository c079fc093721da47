"""Workbooks out and in, the preview before anything is written, and what went where."""
