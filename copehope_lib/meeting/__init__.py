"""The meeting: preparation, the month in nine steps, and guided reflection."""
