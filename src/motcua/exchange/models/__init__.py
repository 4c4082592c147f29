from motcua.exchange.models.agreements import Agreement, AgreementStep, Service
from motcua.exchange.models.members import Certificate, Member

__all__ = ["Agreement", "AgreementStep", "Certificate", "Member", "Service"]
