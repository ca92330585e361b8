"""Flash cards of other programs: the front is the prompt, the back the answer."""
