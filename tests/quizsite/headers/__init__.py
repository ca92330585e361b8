"""The headers that each reply carries."""
