"""Bills, what banks say they received, and how the two are matched."""
