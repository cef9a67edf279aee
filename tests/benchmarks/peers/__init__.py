"""Other ways to serve the same pictures, each in an environment of its own."""
