"""HTML to what a reader sees of it."""
