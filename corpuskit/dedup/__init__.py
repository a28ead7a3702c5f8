"""The dedup room."""
