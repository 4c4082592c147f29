"""Where administrators write service packs: from a published record to a version in force."""
