"""What rooms below announce and people should know."""

from motcua.notices.handlers import exchange, people  # noqa: F401
