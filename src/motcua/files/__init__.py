"""Papers people hand in and papers they are given."""
