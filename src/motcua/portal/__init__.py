"""The front door: home, search and pages made of other rooms' queries."""
