"""What a candidate says of a question beside its text: a flag, how sure they are."""
