"""A process that ends at once."""

import sys

if __name__ == "__main__":
    sys.exit("broken on purpose")
