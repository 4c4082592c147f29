"""Banks and payment services, each behind the same protocol."""
