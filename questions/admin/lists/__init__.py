"""What the admin's lists share: pages that cost the same wherever they are, and a search."""
