"""A service as search engines read it: schema.org's GovernmentService."""

import json
from typing import Any

from motcua.catalogue.rules.cpsv.addresses import Addresses
from motcua.catalogue.rules.cpsv.services import Access, Price, Service, Told
from motcua.catalogue.rules.cpsv.wording import WAYS, duration_of
from motcua.catalogue.rules.cpsv.writing import in_markup
from motcua.catalogue.rules.readings import Way

_COUNTRY = Told("Việt Nam", "Viet Nam")


def government_service(service: Service, at: Addresses, *, language: str) -> str:
    """Return ``service`` as JSON-LD in one language, safe inside a page's ``<script>``."""
    page = at.page(service.code)
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": at.service(service.code),
        "identifier": service.code,
        "name": service.title[language],
        "description": service.summary[language],
        "url": page,
        "mainEntityOfPage": {"@type": "WebPage", "@id": page, "inLanguage": language},
        "serviceType": service.field,
        "provider": _provider(service, language),
        "areaServed": _area(service, language),
        "audience": [
            {"@type": "Audience", "audienceType": who[language]} for who in service.applicants
        ],
        "availableChannel": [
            _channel(access, service, at, language) for access in service.accesses
        ],
        "offers": [_offer(price, language) for price in service.prices if price.dong is not None],
    }
    given = {name: value for name, value in told.items() if value}
    return in_markup(json.dumps(given, ensure_ascii=False))


def _provider(service: Service, language: str) -> dict[str, Any]:
    place = service.place
    name = place.agency_name if place else service.agency[language]
    told = {"@type": "GovernmentOrganization", "name": name}
    return {**told, "telephone": place.phone} if place and place.phone else told


def _area(service: Service, language: str) -> dict[str, Any]:
    if service.place:
        return {"@type": "AdministrativeArea", "name": service.place.unit_name}
    return {"@type": "Country", "name": _COUNTRY[language]}


def _channel(access: Access, service: Service, at: Addresses, language: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@type": "ServiceChannel",
        "name": WAYS[access.way][language],
        "availableLanguage": ["vi", "en"] if service.pack else ["vi"],
    }
    if access.limit:
        told["processingTime"] = duration_of(access.limit)
    if access.way is Way.ONLINE and service.filed_here:
        told["serviceUrl"] = at.filing(service.code)
    return told


def _offer(price: Price, language: str) -> dict[str, Any]:
    told = {"@type": "Offer", "price": str(price.dong), "priceCurrency": "VND"}
    return {**told, "description": price.told[language]} if price.told else told
