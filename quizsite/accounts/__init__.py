"""What the site adds to allauth's accounts."""
