"""Static files: bundles of those that a page needs together, and hashed names."""
