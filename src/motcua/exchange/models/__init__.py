from motcua.exchange.models.agreements import Agreement, AgreementStep, Service
from motcua.exchange.models.calls import Nonce, Upstream, Usage
from motcua.exchange.models.log import Head, LogEntry, Node
from motcua.exchange.models.members import Certificate, Member

__all__ = [
    "Agreement",
    "AgreementStep",
    "Certificate",
    "Head",
    "LogEntry",
    "Member",
    "Node",
    "Nonce",
    "Service",
    "Upstream",
    "Usage",
]
