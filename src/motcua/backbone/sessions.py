"""Django's sessions in the database, read by a statement whose text is built once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils.timezone import now

from motcua.backbone.statements import Select

_living = Select(Session, "WHERE session_key = %s AND expire_date > %s")


class SessionStore(db.SessionStore):
    """A session; every page of somebody who signed in reads one."""

    def _get_session_from_db(self) -> Session | None:
        found = _living.first(self.session_key, now())
        if found is None:
            self._session_key = None
        return found
