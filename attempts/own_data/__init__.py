"""Everything that somebody has here, as one file that can be read without this site."""
