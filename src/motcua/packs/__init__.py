"""Service packs: the whole of one procedure as one versioned definition."""
