"""What may leave the registry, for whom, and in which form."""
