"""The national registries, each behind the same protocol."""
