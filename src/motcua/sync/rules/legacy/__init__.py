"""The messages of the old portal's interface (facts seen in vendors' systems): all are texts."""
