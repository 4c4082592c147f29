"""What the State already knows, asked of the national registries instead of the citizen."""
