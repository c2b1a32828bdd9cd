"""What exactly one seat does for all at a time: it looks for what is to be warned of."""
