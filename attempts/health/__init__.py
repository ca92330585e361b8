"""How the site is doing, told from what is stored: true for all its processes and machines."""
