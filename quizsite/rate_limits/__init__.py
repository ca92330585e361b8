"""How often one person, account or network may do something."""
