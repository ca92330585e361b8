"""Showing one result to others: the owner's links, and what they show."""
