from motcua.notices.models.notice import MailOff, Notice

__all__ = ["MailOff", "Notice"]
