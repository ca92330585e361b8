"""The interviewer who asks back: reads what is being submitted, and chooses the follow-up."""
