"""What somebody has here, as a file, and deleting it."""
