"""What the statuses and groups of the API are called and mean, for the portal's Vietnamese."""

from motcua.kernel.text import N_

STATUSES = {
    400: N_("The request cannot be read: it is no JSON, or a header is missing its form."),
    401: N_("There is no token, it has ended, or it may not do this."),
    403: N_("This person or agency may not do this."),
    404: N_("There is nothing at this address that you may see."),
    409: N_("It does not fit the state of the dossier, or the key was used for something else."),
    412: N_("Somebody changed the dossier since you read it. Read it again, then decide."),
    413: N_("The file or the request is too large."),
    415: N_("The content is of a type that is not taken here."),
    422: N_("Something in it does not fit; “problems” names each place and what to do."),
    428: N_("The version is missing: send the ETag you read in If-Match."),
    429: N_("You asked too often. Wait as many seconds as Retry-After says."),
    503: N_("The portal cannot do this right now. Try again with the same Idempotency-Key."),
}
"""What each refusal means and what to do, by status."""

TAGS = {
    "procedures": N_("Procedures"),
    "files": N_("Papers"),
    "dossiers": N_("Dossiers"),
    "authorities": N_("Acting for others"),
    "reports": N_("Reports"),
}
"""What the groups of endpoints are called."""
