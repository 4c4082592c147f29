"""Services as the nodes of a graph."""

from collections.abc import Iterable, Iterator

from motcua.catalogue.rules.cpsv.addresses import Addresses
from motcua.catalogue.rules.cpsv.from_readings import limit_in_words
from motcua.catalogue.rules.cpsv.services import LegalText, Place, Price, Service, Thing, Told
from motcua.catalogue.rules.cpsv.shared import foundation
from motcua.catalogue.rules.cpsv.terms import (
    DONG,
    IN_FORCE,
    LANGUAGES,
    UNIT_TYPE,
    VIET_NAM,
    Node,
    Ref,
    Text,
    Value,
    refs,
    texts,
)
from motcua.catalogue.rules.cpsv.wording import LEVELS, WAYS, duration_of, safe_address
from motcua.catalogue.rules.readings import Way
from motcua.catalogue.rules.words import LifeEvent
from motcua.kernel.worktime import WorkingCalendar

BUSINESS = frozenset({"mo-cua-hang"})
"""Life events that happen to a business."""

Said = list[tuple[str, Value]]


def described(
    services: Iterable[Service], at: Addresses, calendar: WorkingCalendar
) -> Iterator[Node]:
    """
    Yield the nodes of services as they come, what they share once.

    A life event is met in many services and tells one more of them each time.
    """
    yield from foundation(at, calendar)
    seen: dict[str, Node] = {}
    for service in services:
        yield from _own(service, at)
        for node in _shared(service, at):
            if seen.get(node.iri) != node:
                seen[node.iri] = node
                yield node


def _own(service: Service, at: Addresses) -> Iterator[Node]:
    yield _service(service, at)
    yield Node(at.page(service.code), ("foaf:Document",))
    yield from _channels(service, at)
    yield from (_cost(price, service, at) for price in service.prices)
    yield from (_evidence(paper, service, at) for paper in service.papers)
    yield from (_requirement(needed, service, at) for needed in service.requirements)
    yield from (_output(result, service, at) for result in service.results)
    yield from (_rule(rule, service, at) for rule in service.rules)


def _service(service: Service, at: Addresses) -> Node:
    def own(things: tuple[Thing, ...] | tuple[Price, ...]) -> list[str]:
        return [at.own(service.code, thing.key) for thing in things]

    said: Said = [
        ("dct:identifier", Text(service.code)),
        *texts("dct:title", service.title),
        *texts("dct:description", service.summary),
        *(pair for word in service.keywords for pair in texts("dcat:keyword", word)),
        *refs("cv:hasCompetentAuthority", [_agency(service, at)]),
        ("dct:isPartOf", Ref(at.shared("catalogue"))),
        ("cv:contactPoint", Ref(_contact(service, at))),
        ("adms:status", Ref(IN_FORCE)),
        ("dct:spatial", Ref(_area(service, at))),
        *refs("dct:language", [LANGUAGES[x] for x in (("vi", "en") if service.pack else ("vi",))]),
        *refs("dct:audience", [at.shared("applicant", who.vi) for who in service.applicants]),
        *refs("cv:thematicArea", [at.shared("field", service.field)] if service.field else ()),
        *refs("cv:isClassifiedBy", _classes(service, at)),
        *refs("cv:isGroupedBy", [at.shared("event", event.key) for event in service.events]),
        *_duration(service),
        *refs("cv:hasChannel", [at.own(service.code, f"way-{a.way}") for a in service.accesses]),
        *refs("cv:hasCost", own(service.prices)),
        *refs("cpsv:hasInput", own(service.papers)),
        *refs("cv:holdsRequirement", own(service.requirements)),
        *refs("cpsv:produces", own(service.results)),
        *refs("cpsv:follows", own(service.rules)),
        *refs("cv:hasLegalResource", [_law(law, at) for law in service.laws]),
        ("foaf:page", Ref(at.page(service.code))),
        *refs("dct:source", filter(None, [safe_address(service.url)])),
        ("dct:modified", Text(service.since.isoformat(), datatype="xsd:dateTime")),
    ]
    return Node(at.service(service.code), ("cpsv:PublicService",), tuple(said))


def _duration(service: Service) -> Said:
    if service.limit is None:
        return []
    return [("cv:processingTime", Text(duration_of(service.limit), datatype="xsd:duration"))]


def _classes(service: Service, at: Addresses) -> list[str]:
    levels = [at.shared("level", level.value) for level in service.levels]
    return [*levels, at.shared("kind", service.kind)] if service.kind else levels


def _channels(service: Service, at: Addresses) -> Iterator[Node]:
    for access in service.accesses:
        limit = access.limit
        said: Said = [
            ("dct:identifier", Text(f"{service.code}/{access.way}")),
            ("dct:type", Ref(at.shared("way", access.way.value))),
            *texts("dct:description", limit_in_words(limit)),
            *texts("dct:description", access.note),
            ("cv:ownedBy", Ref(_agency(service, at))),
        ]
        if limit:
            said.append(("cv:processingTime", Text(duration_of(limit), datatype="xsd:duration")))
        if access.way is Way.COUNTER:
            said.append(("cv:openingHours", Ref(at.shared("hours"))))
        if access.way is Way.ONLINE and service.filed_here:
            said.append(("foaf:page", Ref(at.filing(service.code))))
        yield Node(at.own(service.code, f"way-{access.way}"), ("cv:Channel",), tuple(said))


def _cost(price: Price, service: Service, at: Addresses) -> Node:
    said: Said = [
        ("dct:identifier", Text(f"{service.code}/{price.key}")),
        *texts("dct:description", price.told),
        ("cv:isDefinedBy", Ref(_agency(service, at))),
    ]
    if price.dong is not None:
        said += [
            ("cv:hasValue", Text(f"{price.dong}.0", datatype="xsd:double")),
            ("cv:currency", Ref(DONG)),
        ]
    if len(price.ways) == 1:
        said.append(("cv:ifAccessedThrough", Ref(at.own(service.code, f"way-{price.ways[0]}"))))
    return Node(at.own(service.code, price.key), ("cv:Cost",), tuple(said))


def _evidence(paper: Thing, service: Service, at: Addresses) -> Node:
    proves = [at.own(service.code, paper.case)] if paper.case else []
    said = (*_named(paper, service), *refs("cv:supportsRequirement", proves))
    vietnamese = ("dct:language", Ref(LANGUAGES["vi"]))
    return Node(at.own(service.code, paper.key), ("cv:Evidence",), (*said, vietnamese))


def _requirement(needed: Thing, service: Service, at: Addresses) -> Node:
    papers = [at.own(service.code, p.key) for p in service.papers if p.case == needed.key]
    said = (*_named(needed, service), *refs("cv:hasSupportingEvidence", papers))
    return Node(at.own(service.code, needed.key), ("cv:Requirement",), said)


def _output(result: Thing, service: Service, at: Addresses) -> Node:
    number: Said = [("skos:notation", Text(result.number))] if result.number else []
    said = (*_named(result, service), *number, ("dct:language", Ref(LANGUAGES["vi"])))
    return Node(at.own(service.code, result.key), ("cv:Output",), said)


def _rule(rule: Thing, service: Service, at: Addresses) -> Node:
    laws = refs("cpsv:implements", [_law(law, at) for law in service.laws])
    said = (*_named(rule, service), *laws, ("dct:language", Ref(LANGUAGES["vi"])))
    return Node(at.own(service.code, rule.key), ("cpsv:Rule",), said)


def _named(thing: Thing, service: Service) -> Said:
    return [
        ("dct:identifier", Text(f"{service.code}/{thing.key}")),
        *texts("dct:title", thing.name),
        *texts("dct:description", thing.about),
    ]


def _agency(service: Service, at: Addresses) -> str:
    return at.shared("agency", service.place.agency if service.place else service.agency["vi"])


def _area(service: Service, at: Addresses) -> str:
    return at.shared("unit", service.place.unit) if service.place else VIET_NAM


def _contact(service: Service, at: Addresses) -> str:
    return at.shared("contact", service.place.agency if service.place else "")


def _law(law: LegalText, at: Addresses) -> str:
    return at.shared("law", law.number or law.name["vi"])


def _shared(service: Service, at: Addresses) -> Iterator[Node]:
    name = Told(service.place.agency_name) if service.place else service.agency
    if service.place:
        yield from _place(service.place, service, at)
    yield Node(
        _agency(service, at),
        ("cv:PublicOrganisation", "org:Organization"),
        (
            ("dct:identifier", Text(_agency(service, at).partition("#agency-")[2])),
            *texts("skos:prefLabel", name),
            *texts("dct:title", name),
            ("dct:spatial", Ref(_area(service, at))),
        ),
    )
    for law in service.laws:
        yield _legal_resource(law, at)
    yield from (_event(event, service, at) for event in service.events)
    for level in service.levels:
        yield _concept(at.shared("level", level.value), LEVELS[level])
    for access in service.accesses:
        yield _concept(at.shared("way", access.way.value), WAYS[access.way])
    for who in service.applicants:
        yield _concept(at.shared("applicant", who.vi), who)
    if service.field:
        yield _concept(at.shared("field", service.field), Told(service.field))
    if service.kind:
        yield _concept(at.shared("kind", service.kind), Told(service.kind))


def _place(place: Place, service: Service, at: Addresses) -> Iterator[Node]:
    told = (("dct:identifier", Text(place.unit)), *texts("skos:prefLabel", Told(place.unit_name)))
    yield Node(_area(service, at), ("dct:Location", UNIT_TYPE), told)
    phone: Said = [("cv:telephone", Text(place.phone))] if place.phone else []
    page = ("cv:contactPage", Ref(f"{at.base}/tro-giup/"))
    yield Node(_contact(service, at), ("cv:ContactPoint",), (page, *phone))


def _legal_resource(law: LegalText, at: Addresses) -> Node:
    number: Said = [("eli:id_local", Text(law.number))] if law.number else []
    page = refs("foaf:page", filter(None, [safe_address(law.url)]))
    said = (*number, *texts("dct:title", law.name), *page)
    return Node(_law(law, at), ("eli:LegalResource",), said)


def _event(event: LifeEvent, service: Service, at: Addresses) -> Node:
    kind = "cv:BusinessEvent" if event.key in BUSINESS else "cv:LifeEvent"
    said = (
        ("dct:identifier", Text(event.key)),
        *texts("dct:title", Told(event.name, event.name_en)),
        ("cv:hasRelatedService", Ref(at.service(service.code))),
    )
    return Node(at.shared("event", event.key), (kind, "cv:Event"), said)


def _concept(iri: str, told: Told) -> Node:
    return Node(iri, ("skos:Concept",), tuple(texts("skos:prefLabel", told)))
