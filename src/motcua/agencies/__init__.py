"""Administrative units, agencies, offices, posts held by officials, working calendars."""
