"""
What CPSV-AP 3.2.0 demands, as SHACL shapes.

Every constraint of the profile's published shapes (SEMICeu/CPSV-AP, releases/3.2.0/shacl,
© European Union, CC BY 4.0) stands in the table below in our own writing: class, property, how
often, of which class or datatype. The published file itself is not copied; it states each row as
one to three property shapes and nothing else (all shapes are open, none has a pattern or a list of
values). Classes without a row have a shape without constraints there.
"""

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from motcua.catalogue.rules.cpsv.terms import PREFIXES

NAMES = {
    **PREFIXES,
    "atu": "http://data.europa.eu/88u/dataset/",
    "locn": "http://www.w3.org/ns/locn#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
DATATYPES = {"rdf:langString", "xsd:double", "xsd:duration"}

TABLE = """
locn:Address
  locn:thoroughfare 0..* rdf:langString
  locn:adminUnitL1 0..* rdf:langString
  locn:addressArea 0..* rdf:langString
  locn:adminUnitL2 0..* rdf:langString
  locn:postName 0..* rdf:langString
  locn:locatorName 0..* rdf:langString
  locn:fullAddress 0..* rdf:langString
foaf:Agent
  dct:title 1..* rdf:langString
  cv:participates 0..* cv:Participation
  locn:address 0..* locn:Address
  dct:identifier 1..1
cv:BusinessEvent
  dct:type 0..* skos:Concept
cv:Channel
  dct:type 0..1 skos:Concept
  cv:processingTime 0..1 xsd:duration
  dct:identifier 1..1
  cv:openingHours 0..* time:TemporalEntity
  cv:ownedBy 0..* org:Organization
  cpsv:hasInput 0..* cv:Evidence
  cv:specialOpeningHoursSpecification 0..* time:TemporalEntity
  dct:description 0..* rdf:langString
skos:Collection
  skos:member 0..* skos:Concept
cv:ContactPoint
  cv:openingHours 0..* time:TemporalEntity
  cv:contactPage 0..* foaf:Document
  cv:specialOpeningHoursSpecification 0..* time:TemporalEntity
cv:Cost
  cv:ifAccessedThrough 0..1 cv:Channel
  cv:hasValue 0..1 xsd:double
  cv:currency 0..1 skos:Concept
  cv:isDefinedBy 0..* org:Organization
  dct:identifier 1..1
  dct:description 0..* rdf:langString
dcat:Dataset
  dct:title 1..* rdf:langString
  dct:publisher 1..1 foaf:Agent
  dct:description 1..* rdf:langString
  dct:hasPart 0..* cpsv:PublicService
  dcat:landingPage 0..* foaf:Document
cv:Event
  dct:title 1..* rdf:langString
  dct:identifier 1..1
  cv:hasRelatedService 0..* cpsv:PublicService
  dct:description 0..* rdf:langString
cv:Evidence
  dct:conformsTo 0..* cv:EvidenceType
  dct:type 0..1 skos:Concept
  dct:title 1..* rdf:langString
  dct:language 0..* dct:LinguisticSystem
  cv:supportsRequirement 0..* cv:Requirement
  dct:identifier 1..1
  dct:description 0..* rdf:langString
  foaf:page 0..* foaf:Document
cv:EvidenceType
  dct:identifier 1..1
  cv:evidenceTypeClassification 0..* skos:Concept
eli:LegalResource
  dct:relation 0..* eli:LegalResource
cv:LifeEvent
  dct:type 0..* skos:Concept
cv:Output
  dct:title 1..* rdf:langString
  dct:language 0..* dct:LinguisticSystem
  dct:type 0..* skos:Concept
  dct:identifier 1..1
  dct:description 0..* rdf:langString
cv:Participation
  cv:hasParticipant 1..1 foaf:Agent
  dct:identifier 1..1
  dct:description 1..* rdf:langString
  cv:role 1..* skos:Concept
cv:PublicOrganisation
  dct:spatial 1..* atu:atu-type
  skos:prefLabel 1..* rdf:langString
cpsv:PublicService
  cv:hasInputType 0..* cv:EvidenceType
  cv:hasChannel 0..* cv:Channel
  adms:status 0..1 skos:Concept
  cv:hasCompetentAuthority 1..* cv:PublicOrganisation
  dct:title 1..* rdf:langString
  dct:language 0..* dct:LinguisticSystem
  cv:relatedService 0..* cpsv:PublicService
  cv:sector 0..* skos:Concept
  dcat:keyword 0..* rdf:langString
  cv:processingTime 0..1 xsd:duration
  cpsv:produces 0..* cv:Output
  dct:isPartOf 0..* dcat:Dataset
  dct:identifier 1..1
  cv:hasCost 0..* cv:Cost
  cv:contactPoint 0..* cv:ContactPoint
  cv:isClassifiedBy 0..* skos:Concept
  cpsv:hasInput 0..* cv:Evidence
  dct:description 1..* rdf:langString
  dct:spatial 0..* dct:Location
  dct:audience 0..* skos:Concept
  dct:requires 0..* cpsv:PublicService
  cv:thematicArea 0..* skos:Concept
  cv:holdsRequirement 0..* cv:Requirement
  cpsv:follows 0..* cpsv:Rule
  cv:isGroupedBy 0..* cv:Event
  dct:type 0..* skos:Concept
  cv:hasParticipation 0..* cv:Participation
  cv:hasLegalResource 0..* eli:LegalResource
cv:Requirement
  cv:fulfils 0..* cpsv:Rule
  dct:title 1..* rdf:langString
  dct:type 0..* skos:Concept
  dct:identifier 1..1
  cv:hasSupportingEvidence 0..* cv:Evidence
cpsv:Rule
  dct:type 0..1 skos:Concept
  dct:title 1..* rdf:langString
  dct:language 0..* dct:LinguisticSystem
  cpsv:implements 0..* eli:LegalResource
  dct:identifier 1..1
  dct:description 1..* rdf:langString
cv:ServiceConcessionContract
  cv:hasContractingAuthority 1..* cv:PublicOrganisation
  dct:title 1..* rdf:langString
  cv:hasEconomicOperator 1..* org:Organization
  dct:identifier 1..1
  dct:description 1..* rdf:langString
  cv:establishedUnder 0..* eli:LegalResource
time:TemporalEntity
  cv:frequency 0..* skos:Concept
  dct:description 0..* rdf:langString
"""


def iri(name):
    prefix, _, local = name.partition(":")
    return URIRef(NAMES[prefix] + local)


def shapes():
    """Return the table as a SHACL graph."""
    graph = Graph()
    shape = BNode()
    for line in TABLE.strip().splitlines():
        name, *told = line.split()
        if not told:
            shape = BNode()
            graph.add((shape, RDF.type, SH.NodeShape))
            graph.add((shape, SH.targetClass, iri(name)))
            continue
        often, *of = told
        least, most = often.split("..")
        demand = BNode()
        graph.add((shape, SH.property, demand))
        graph.add((demand, SH.path, iri(name)))
        if least != "0":
            graph.add((demand, SH.minCount, Literal(int(least))))
        if most != "*":
            graph.add((demand, SH.maxCount, Literal(int(most))))
        for kind in of:
            graph.add((demand, SH.datatype if kind in DATATYPES else SH["class"], iri(kind)))
    return graph
