"""What key points are worth that were made only when asked."""
