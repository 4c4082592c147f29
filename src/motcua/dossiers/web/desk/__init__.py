"""Officials' pages of dossiers: the worklist, the case, its steps."""
