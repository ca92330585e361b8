"""The numbers that each process keeps about itself, for Prometheus."""
