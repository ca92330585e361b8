"""Tables of any file: their columns, their rows, and the questions in them."""
