from motcua.exchange.models.agreements import Agreement, AgreementStep, Service
from motcua.exchange.models.calls import Nonce, Upstream, Usage
from motcua.exchange.models.federation import Invitation, Peer
from motcua.exchange.models.log import Head, LogEntry, Node
from motcua.exchange.models.members import Certificate, Member

__all__ = [
    "Agreement",
    "AgreementStep",
    "Certificate",
    "Head",
    "Invitation",
    "LogEntry",
    "Member",
    "Node",
    "Nonce",
    "Peer",
    "Service",
    "Upstream",
    "Usage",
]
