"""Numbers at a one-stop office: drawn at the door, called to a window, counted for the day."""
