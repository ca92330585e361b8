"""What a result says beside its score: the change, what to say next time, pace, delivery. Pure."""
