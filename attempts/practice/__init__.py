"""Practice: which questions each way in asks, and how many there are."""
