"""The first page: what is due, and how far the district is."""
