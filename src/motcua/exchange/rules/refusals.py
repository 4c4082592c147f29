"""Why a call is refused before anything is done for it, and what its sender does then."""

from dataclasses import dataclass

from motcua.kernel.text import N_

BEGIN = 3
"""From how many refusals on those who look after a member are told: one slip needs nobody."""
TOLD_AGAIN_AFTER = 7
"""Days after which they are told of the same reason again."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What some codes mean, and what to do."""

    codes: tuple[str, ...]
    means: str
    do: str


REASONS = (
    Reason(
        ("exchange.not-signed",),
        N_("The message is not signed, or not as the exchange asks."),
        N_("Sign the headers that are asked for, in their order, under the label “motcua”."),
    ),
    Reason(
        ("exchange.altered",),
        N_("What arrived is not what was signed."),
        N_(
            "Look at what stands between the two: proxies that pack, unpack or rewrite. Sign the "
            "very bytes that are sent."
        ),
    ),
    Reason(
        ("exchange.expired", "exchange.clock", "exchange.lifetime"),
        N_("By the clock here the signature is too old, from the future, or good for too long."),
        N_("Set the sender's clock (NTP), and sign each message just before it is sent."),
    ),
    Reason(
        ("exchange.unknown-key",),
        N_("Nobody here knows the key, or no authority that is believed here vouches for it."),
        N_(
            "Wait ten minutes after a new key, until other portals have learned of it. Else bring "
            "its certificate, or name its authority in EXCHANGE_ANCHORS."
        ),
    ),
    Reason(
        ("exchange.expired-key", "exchange.revoked-key"),
        N_("The key's time is over, or it was revoked."),
        N_(
            "Make a new key (motcua exchange key rotate) and see that every program signs with it. "
            "If you did not revoke it, ask who runs the exchange at once."
        ),
    ),
    Reason(
        ("exchange.revocations-unknown",),
        N_("It is not known what the key's authority has revoked: its list is too old."),
        N_("Whoever runs the portal that refuses lets it reach the authority's list."),
    ),
    Reason(
        ("exchange.member-not-active",),
        N_("The member takes no part now: it is suspended, has left, or has no key yet."),
        N_("Read the reason on the member's page, and ask who runs the exchange."),
    ),
    Reason(
        ("exchange.wrong-consumer",),
        N_("The message names another member than the one whose key signed it."),
        N_("Send in your own name: the header Motcua-Consumer is the id of the key's owner."),
    ),
    Reason(
        ("exchange.no-agreement", "exchange.agreement-ended", "exchange.purpose-not-agreed"),
        N_("No agreement in force covers the call and its purpose."),
        N_("Ask for an agreement or a renewal, or name the purpose that was agreed upon."),
    ),
    Reason(
        ("exchange.purpose-not-served",),
        N_("What was asked is not told for this purpose, though the agreement names it."),
        N_("Name the purpose that the service's description tells beside this call."),
    ),
    Reason(
        ("exchange.replayed",),
        N_("The signature was used before."),
        N_(
            "Sign each message anew, also a second try. If nobody tried twice, somebody else sends "
            "what they overheard: it was done once only."
        ),
    ),
    Reason(
        ("exchange.over-quota",),
        N_("The agreement's calls of the day or the minute are used up."),
        N_("Wait as long as the answer says, or ask for an agreement with a higher limit."),
    ),
    Reason(
        ("exchange.too-large", "exchange.length-needed"),
        N_("The message is too large, or does not say how large it is."),
        N_("Send in parts, with Content-Length and not in chunks."),
    ),
    Reason(
        ("exchange.not-here", "exchange.no-such-service"),
        N_("The member is not reached here, or it offers no such service."),
        N_("Look the address and the service up in the public lists of the exchange."),
    ),
    Reason(
        ("exchange.not-written-down", "no-room"),
        N_("The portal that was called could not write the call down, so it did nothing."),
        N_("Send it again later, signed anew. Whoever runs that portal makes room."),
    ),
)
REASON_OF = {code: reason for reason in REASONS for code in reason.codes}
