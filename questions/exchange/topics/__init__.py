"""The topics of the bank, those that a file lists, and those that its rows name."""
