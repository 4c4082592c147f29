from motcua.exchange.models.agreements import Agreement, AgreementStep, Service
from motcua.exchange.models.bodies import KeptBody
from motcua.exchange.models.breaks import LogBreak
from motcua.exchange.models.calls import Nonce, Upstream, Usage
from motcua.exchange.models.federation import Invitation, Peer
from motcua.exchange.models.log import Head, LogEntry, Node
from motcua.exchange.models.members import Certificate, Member
from motcua.exchange.models.refusals import RefusedCall
from motcua.exchange.models.revocations import KeyStatus, RevocationList

__all__ = [
    "Agreement",
    "AgreementStep",
    "Certificate",
    "Head",
    "Invitation",
    "KeptBody",
    "KeyStatus",
    "LogBreak",
    "LogEntry",
    "Member",
    "Node",
    "Nonce",
    "Peer",
    "RefusedCall",
    "RevocationList",
    "Service",
    "Upstream",
    "Usage",
]
