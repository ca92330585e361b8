"""What somebody who runs the site can see of it: a line, an id and numbers for each request."""
