"""The same interview on bare Django: what its pages and saves cost at least, to compare with."""
