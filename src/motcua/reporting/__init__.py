"""What agencies must tell of their dossiers, and how their work stands: forms, load, pictures."""
