"""Submissions: prepared, reviewed, issued, signed; and the preview of any printed page."""
