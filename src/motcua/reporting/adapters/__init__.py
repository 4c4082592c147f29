"""Outside of PostgreSQL: files for analysis, and the engines that read them."""
