"""Records of a meeting: what was said and decided, sealed at once, never overwritten."""
