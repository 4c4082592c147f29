"""How requests come in and refusals go out, once, for every room."""
