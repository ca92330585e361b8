"""What the site's processes log: lines that share a request's id, and quote nobody."""
