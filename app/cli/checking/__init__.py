"""The parts of `check`: hands that press keys, seats to press them at, the day's work, and the pictures."""
