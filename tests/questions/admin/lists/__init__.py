"""What the admin's lists share."""
