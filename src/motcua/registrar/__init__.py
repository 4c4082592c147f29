"""The reference registry server: five national registers, with their history, for their owners."""
