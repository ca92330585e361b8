"""What a start needs: which questions an interview draws."""
