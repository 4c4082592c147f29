"""What the OpenAPI document says in English, marked for the portal's Vietnamese."""

from motcua.kernel.text import N_

WORDS = (
    N_("List Procedures"),
    N_("Search by words, the best first; without words, all procedures, the most used first."),
    N_("Words as people type them"),
    N_("Where in the State a procedure is handled. District ended on 2025-07-01."),
    N_("How far a procedure can be done online, as published; ``SOME`` = online, no word how far."),
    N_("Read Procedure"),
    N_("Read one procedure."),
    N_("The catalogue in Turtle"),
    N_("Read the whole catalogue as CPSV-AP 3.2 in RDF Turtle."),
    N_("The catalogue in JSON-LD"),
    N_("Read the whole catalogue as CPSV-AP 3.2 in JSON-LD."),
    N_("Send a paper"),
    N_("Send one PDF or photo; it is yours alone until a dossier is filed with its id."),
    N_("File a dossier"),
    N_("File a dossier under the procedure's pack in force; the same key files it once."),
    N_("My dossiers"),
    N_("List the caller's own dossiers, newest first, in keyset pages."),
    N_("Read a dossier"),
    N_("Read one dossier the caller may see; the ETag is the version to send in If-Match."),
    N_("Take the answers away"),
    N_("Give the answers of one dossier as a document that names the version of its form."),
    N_("Take a step"),
    N_("Take one step of the version named in If-Match."),
    N_("What is said of the price. ``DEPENDS``: read the text; never shown as free."),
    N_("How long the agency may take. Absent where the catalogue gives no number with a unit."),
    N_("A procedure in a list. ``fees`` are dong; ``cost`` says whether they are the whole story."),
    N_("A page of procedures; ``after`` leads to the next, and is null on the last."),
    N_("Matches of a search by words; null for lists."),
    N_("What a limit is counted in."),
    N_("Why a request was refused; ``code`` is stable, ``title`` is for people."),
    N_("The papers of one situation; the one without a name is everybody's."),
    N_("A way to file with its limit and price, beside the published words of both."),
    N_("A procedure in full, as its current version says."),
    N_("How a dossier may reach the agency."),
    N_("A file as it was kept; ``size`` in bytes, ``sha256`` in hex."),
    N_("What was filed: its code, when the answer is due, what is to pay in dong."),
    N_("A dossier to file. ``papers`` maps each paper's id to the ids of files sent before."),
    N_("A dossier in a list; ``number`` is the state's number in national exchange."),
    N_("The form that answers were given to; ``version`` is its service pack's."),
    N_("Answers as a document; they fit the JSON Schema of that version of the form."),
    N_("One page, newest first; ``next`` is the ``before`` of the page after, if there is one."),
    N_("One dossier, whole."),
    N_("Where a dossier stands after a step."),
    N_("What can be done to a dossier."),
    N_("A step to take, and why."),
)
"""Summaries and descriptions of endpoints, parameters and schemas; a test holds them complete."""

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

TAGS = {"procedures": N_("Procedures"), "files": N_("Papers"), "dossiers": N_("Dossiers")}
"""What the groups of endpoints are called."""
