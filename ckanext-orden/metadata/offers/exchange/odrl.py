"""What may be done with the data, as a policy of ODRL 2.2: an Offer of its seller, which grants nothing yet.

W3C ODRL Information Model 2.2 and Common Vocabulary: uses are purposes, regions are spatial, the payment is a duty
to compensate whose amount refines the action. Terms without a standard's IRI have one in the site's namespace.
The profile is ours because the core knows none of these terms; where rules conflict, prohibitions win, for without
a word on that the whole policy would be void.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from rdflib import DCTERMS, RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ...vocabularies import licence_for
from ..offer import Offer
from ..terms import remark_of
from ..values import WORLD
from .names import COUNTRY, CURRENCY, ODRL, Names

UNLIMITED = "unlimited"
PROFILE = "odrl"
"""The local name of the profile: ODRL's Common Vocabulary, and our purposes and recipients as right operands."""
_DUTIES: dict[Node | None, str] = {
    ODRL.attribute: "attribution",
    ODRL.ensureExclusivity: "exclusive",
    ODRL["delete"]: "deletion",
}
_ENDS: dict[Node | None, str] = {ODRL.eq: "price", ODRL.gteq: "min_price", ODRL.lteq: "max_price"}
_RULES = (("resale", ODRL.sell), ("resale", ODRL.distribute), ("derivatives", ODRL.derive))
"""Conditions that are a permission where they hold and a prohibition where they do not."""


def write(graph: Graph, offer: Offer, names: Names) -> None:
    """Adds the policy of the offer to the graph."""
    policy = URIRef(names.offer)
    graph.add((URIRef(names.dataset), ODRL.hasPolicy, policy))
    graph.add((policy, RDF.type, ODRL.Offer))
    graph.add((policy, ODRL.uid, policy))
    graph.add((policy, ODRL.profile, URIRef(f"{names.namespace}{PROFILE}")))
    graph.add((policy, ODRL.conflict, ODRL.prohibit))
    licence = licence_for(offer.licence)
    if licence and licence.url:
        graph.add((policy, DCTERMS.license, URIRef(licence.url)))
    use = _rule(graph, names, ODRL.permission, ODRL.use)
    for constraint in _limits(graph, offer, names):
        graph.add((use, ODRL.constraint, constraint))
    _duties(graph, offer, names, use)
    for name, action in _RULES:
        allowed = getattr(offer, name)
        if allowed is not None:
            _rule(graph, names, ODRL.permission if allowed else ODRL.prohibition, action)
    if offer.forbidden_use:
        forbidden = _rule(graph, names, ODRL.prohibition, ODRL.use)
        graph.add((forbidden, ODRL.constraint, _any_of(graph, ODRL.purpose, _uses(offer.forbidden_use, names))))


def _rule(graph: Graph, names: Names, kind: URIRef, action: Node) -> BNode:
    rule = BNode()
    graph.add((URIRef(names.offer), kind, rule))
    graph.add((rule, ODRL.target, URIRef(names.dataset)))
    graph.add((rule, ODRL.assigner, URIRef(names.seller)))
    graph.add((rule, ODRL.action, action))
    return rule


def _limits(graph: Graph, offer: Offer, names: Names) -> Iterator[Node]:
    """Constraints of the permission to use."""
    uses = _uses(offer.allowed_use, names)
    if uses and UNLIMITED not in offer.allowed_use:
        yield _any_of(graph, ODRL.purpose, uses)
    if offer.regions and WORLD not in offer.regions:
        yield _any_of(graph, ODRL.spatial, [URIRef(COUNTRY + code) for code in offer.regions])
    if offer.disclosure and offer.disclosure != UNLIMITED:
        yield _constraint(graph, ODRL.recipient, ODRL.eq, _value("disclosure", offer.disclosure, names))
    if offer.licence_term.startswith("P"):
        yield _constraint(graph, ODRL.elapsedTime, ODRL.lteq, Literal(offer.licence_term, datatype=XSD.duration))
    elif offer.licence_term:
        yield _constraint(graph, ODRL.dateTime, ODRL.lteq, Literal(offer.licence_term, datatype=XSD.date))


def _duties(graph: Graph, offer: Offer, names: Names, use: BNode) -> None:
    if offer.price_mode != "free":
        _payment(graph, offer, _duty(graph, use, _amount(graph, offer)))
    if offer.attribution:
        _duty(graph, use, ODRL.attribute)
    if offer.exclusive:
        graph.add((_duty(graph, use, ODRL.ensureExclusivity), ODRL.assignee, URIRef(names.seller)))
    if offer.deletion:
        after = _constraint(graph, ODRL.event, ODRL.gt, ODRL.policyUsage)
        graph.add((_duty(graph, use, ODRL["delete"]), ODRL.constraint, after))


def _duty(graph: Graph, rule: BNode, action: Node) -> BNode:
    duty = BNode()
    graph.add((rule, ODRL.duty, duty))
    graph.add((duty, ODRL.action, action))
    return duty


def _amount(graph: Graph, offer: Offer) -> Node:
    """The action to compensate, refined by what is paid: exactly, at least, at most; a guide price binds nobody."""
    price = offer.price
    if price is None or offer.price_mode == "negotiation":
        return ODRL.compensate
    action = BNode()
    graph.add((action, RDF.value, ODRL.compensate))
    graph.add((action, ODRL.includedIn, ODRL.use))
    ends = ((ODRL.eq, price.low),) if price.exact else ((ODRL.gteq, price.low), (ODRL.lteq, price.high))
    for operator, amount in ends:
        if amount is not None:
            paid = _constraint(graph, ODRL.payAmount, operator, _decimal(amount))
            graph.add((paid, ODRL.unit, CURRENCY[price.currency]))
            graph.add((action, ODRL.refinement, paid))
    return action


def _payment(graph: Graph, offer: Offer, duty: BNode) -> None:
    """When one pays: again in each period, or once before the use."""
    if offer.period:
        period = Literal(offer.period, datatype=XSD.duration)
        graph.add((duty, ODRL.constraint, _constraint(graph, ODRL.timeInterval, ODRL.eq, period)))
    elif offer.price_mode == "one_off":
        graph.add((duty, ODRL.constraint, _constraint(graph, ODRL.event, ODRL.lt, ODRL.policyUsage)))


def _constraint(graph: Graph, left: Node, operator: Node, *right: Node) -> BNode:
    constraint = BNode()
    graph.add((constraint, ODRL.leftOperand, left))
    graph.add((constraint, ODRL.operator, operator))
    for value in right:
        graph.add((constraint, ODRL.rightOperand, value))
    return constraint


def _any_of(graph: Graph, left: Node, values: Iterable[Node]) -> BNode:
    return _constraint(graph, left, ODRL.isAnyOf, *values)


def _uses(codes: Iterable[str], names: Names) -> list[Node]:
    return [_value("use", code, names) for code in codes]


def _value(vocabulary: str, value: str, names: Names) -> Node:
    """A term by its IRI, a remark in its words."""
    return Literal(value) if remark_of(value) is not None else names.term(vocabulary, value)


def _decimal(amount: Decimal) -> Literal:
    return Literal(format(amount, "f"), datatype=XSD.decimal)


def read(graph: Graph, names: Names) -> dict[str, Any]:
    """The values of the offer that its policy states; whether and how one pays is for schema.org to say."""
    policy = URIRef(names.offer)
    found: dict[str, Any] = {}
    licence = licence_for(graph.value(policy, DCTERMS.license))
    if licence:
        found["licence"] = licence.id
    for kind, allowed in ((ODRL.permission, True), (ODRL.prohibition, False)):
        for rule in graph.objects(policy, kind):
            found |= _read_rule(graph, rule, allowed, names)
    return found


def _read_rule(graph: Graph, rule: Node, allowed: bool, names: Names) -> dict[str, Any]:
    action = graph.value(rule, ODRL.action)
    for name, known in _RULES:
        if action == known:
            return {name: allowed}
    if action != ODRL.use:
        return {}
    limits = _read_constraints(graph, rule, ODRL.constraint)
    uses = [_read_value("use", value, names) for value in limits.get((ODRL.purpose, ODRL.isAnyOf), [])]
    if not allowed:
        return {"forbidden_use": uses}
    found: dict[str, Any] = {"allowed_use": uses} if uses else {}
    regions = limits.get((ODRL.spatial, ODRL.isAnyOf), [])
    found |= {"regions": [str(region).removeprefix(COUNTRY) for region in regions]} if regions else {}
    for value in limits.get((ODRL.recipient, ODRL.eq), []):
        found["disclosure"] = _read_value("disclosure", value, names)
    for left in (ODRL.elapsedTime, ODRL.dateTime):
        for value in limits.get((left, ODRL.lteq), []):
            found["licence_term"] = str(value)
    for duty in graph.objects(rule, ODRL.duty):
        found |= _read_duty(graph, duty)
    return found


def _read_duty(graph: Graph, duty: Node) -> dict[str, Any]:
    action = graph.value(duty, ODRL.action)
    if action in _DUTIES:
        return {_DUTIES[action]: True}
    if action is None or (action != ODRL.compensate and (action, RDF.value, ODRL.compensate) not in graph):
        return {}
    found: dict[str, Any] = {}
    for value in _read_constraints(graph, duty, ODRL.constraint).get((ODRL.timeInterval, ODRL.eq), []):
        found["period"] = str(value)
    for refinement in graph.objects(action, ODRL.refinement):
        end = _ENDS.get(graph.value(refinement, ODRL.operator))
        if end and graph.value(refinement, ODRL.leftOperand) == ODRL.payAmount:
            found[end] = str(graph.value(refinement, ODRL.rightOperand))
            found["currency"] = str(graph.value(refinement, ODRL.unit)).removeprefix(str(CURRENCY))
    return found


def _read_constraints(graph: Graph, node: Node, kind: URIRef) -> dict[tuple[Node | None, Node | None], list[Node]]:
    """The right operands of all constraints, by left operand and operator."""
    found: dict[tuple[Node | None, Node | None], list[Node]] = {}
    for constraint in graph.objects(node, kind):
        sides = (graph.value(constraint, ODRL.leftOperand), graph.value(constraint, ODRL.operator))
        found.setdefault(sides, []).extend(graph.objects(constraint, ODRL.rightOperand))
    return found


def _read_value(vocabulary: str, value: Node, names: Names) -> str:
    return names.code(vocabulary, str(value))
