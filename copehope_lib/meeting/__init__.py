"""The meeting: preparation, the month in ten steps, and guided reflection."""
