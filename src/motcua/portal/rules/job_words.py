"""What jobs are called for people: the name of a task, in words."""

from motcua.kernel.text import N_

WORDS: dict[str, str] = {
    "backbone.deliver": N_("Tell a part of the portal what happened"),
    "backbone.sweep": N_("Forget kept answers"),
    "backbone.take-up-stalled": N_("Take up what dead workers left"),
    "notices.mail": N_("Send a notice by e-mail"),
    "identity.mail-contact-changed": N_("Tell a person that their contact data changed"),
    "identity.forget-registrations": N_("Forget registrations never confirmed"),
    "identity.forget-sessions": N_("Forget old sessions"),
    "files.sweep": N_("Remove files nothing uses"),
    "files.sweep-uploads": N_("Forget uploads never finished"),
    "payments.reconcile": N_("Read the banks' statements"),
    "forwarding.hand-on": N_("Hand a dossier to the portal that processes it"),
    "forwarding.hand-answer-on": N_("Hand an answer to the portal that asked for it"),
    "forwarding.tell-given-out": N_("Tell the portal that made a result that a desk gave it out"),
    "dossiers.linked": N_("Go on with linked filings that are stuck"),
}
"""English sentences, translated when shown; a task without one is shown by its name."""


def in_words(task: str) -> str:
    """Return what a task does, or its name where nobody wrote that down."""
    return WORDS.get(task, task)
