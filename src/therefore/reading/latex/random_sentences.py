r"""What sentences assume of random names: laws, means and covariances.

A name becomes random by "a random vector", by $x \sim \mathcal{N}(m, \Sigma)$, or where it stands
alone in the expectation or covariance of an assumption (see ``made_random``).
"""

from __future__ import annotations

from therefore.goal import Term
from therefore.reading.latex.declaring import Declarer, Name, name_of, separated
from therefore.reading.latex.errors import Undeclared, Unreadable
from therefore.reading.latex.grammar import Grammar
from therefore.reading.latex.names import Entity, described
from therefore.reading.latex.prose import Item
from therefore.reading.latex.randomness import make_random
from therefore.reading.latex.relations import split_relations
from therefore.reading.latex.sets import domain, is_space
from therefore.reading.latex.signs import split_at
from therefore.reading.latex.tokens import Place, Token, spelled
from therefore.reading.latex.values import Value, is_number, kind_of
from therefore.reading.latex.words import words
from therefore.reading.randomness import spread_of
from therefore.reading.sorts import Sort

__all__ = ["law", "random_phrase", "speaks_of_moments"]

_LAWS = ("N", "mathcal{N}", "mathrm{N}", "mathscr{N}")
_ORDERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "moments": 0, "moment": 0, "finite": 0}
_MOMENTS = words("mean covariance variance moments moment independent uncorrelated")
_LINKING = words(
    "a an the be is are with and in of let its have has having finite random vector vectors "
    "variable variables number numbers matrix matrices real mean covariance variance gaussian "
    "normal normally distributed independent uncorrelated"
)


def law(tokens: list[Token], declarer: Declarer) -> bool:
    r"""Enter ``x \sim \mathcal{N}(m, \Sigma)``; False if the tokens say something else."""
    while tokens and tokens[-1].text in (",", ".", ";"):
        tokens = tokens[:-1]
    at = next((k for k, token in enumerate(tokens) if token.command == "\\sim"), None)
    if at is None:
        return False
    names, place = declarer.names, tokens[at].place
    opening = next((k for k, token in enumerate(tokens) if k > at and token.command == "("), None)
    said = "" if opening is None else spelled(tokens[at + 1 : opening]).replace("\\", "")
    if said not in _LAWS or opening is None or tokens[-1].command != ")":
        raise Unreadable("a law is read as $x \\sim \\mathcal{N}(m, \\Sigma)$", place)
    parts = split_at(tokens[opening + 1 : -1], frozenset(",;"))
    name = name_of(tokens[:at], names)
    if len(parts) != 2 or name is None or name.letters or name.parameters:
        raise Unreadable("a law is read as $x \\sim \\mathcal{N}(m, \\Sigma)$", place)
    mean, spread = (Grammar(part, names).whole() for part in parts)
    _enter_law(name.whole, name.place, declarer.known(name), mean, spread, declarer)
    return True


def _enter_law(
    latex: str, place: Place, entity: Entity | None, mean: Value, spread: Value,
    declarer: Declarer,
) -> None:  # fmt: skip
    names = declarer.names
    if entity is None:
        sorts = [one.sort for one in (mean, spread) if not is_number(one.sort)]
        size = next((sort[1] for sort in sorts if "?" not in sort), None)
        if size is None:
            raise Undeclared(latex, latex, "in R^n", place)
        entity = declarer.declare(Name(latex, place), ("vector", size))
    if kind_of(entity.sort) != "vector":
        raise Unreadable("a normal law is read of a random vector", place)
    entity = make_random(entity, names, place)
    center = _mean_term(mean, entity, place)
    names.assume(("gaussian", entity.name, center, _spread_term(spread, entity, place)))


def _mean_term(mean: Value, entity: Entity, place: Place) -> Term:
    if mean.term == "0" and kind_of(entity.sort) == "vector":
        return ("zero", entity.sort[1])
    if mean.sort != entity.sort and not (is_number(mean.sort) and entity.sort == "real"):
        raise Unreadable(f"the mean is {described(mean.sort)}, and {entity.latex} is "
                         f"{described(entity.sort)}", place)  # fmt: skip
    return mean.term


def _spread_term(spread: Value, entity: Entity, place: Place) -> Term:
    if kind_of(entity.sort) != "vector":
        if not is_number(spread.sort):
            raise Unreadable("the variance of a number is a number", place)
        return spread.term
    size = entity.sort[1]
    term, sort = spread.term, spread.sort
    if kind_of(sort) == "matrix" and "?" in sort:
        term, sort = _sized(term, size), ("matrix", size, size)
    if sort != ("matrix", size, size):
        raise Unreadable(
            f"the covariance is {described(spread.sort)}, and {entity.latex} is "
            f"{described(entity.sort)}", place
        )  # fmt: skip
    return term


def _sized(term: Term, size: Term) -> Term:
    """The term with the size of the identity matrix, which was open."""
    if isinstance(term, str):
        return size if term == "?" else term
    return tuple(_sized(part, size) for part in term)


def speaks_of_moments(said: list[str]) -> bool:
    """Whether words tell a mean, a covariance or which moments are finite."""
    return bool(_MOMENTS & set(said))


def random_phrase(elements: list[Item], declarer: Declarer) -> bool:
    r"""Enter "a random vector with mean $m$ and covariance $\Sigma$"; False for anything else.

    A formula before these words is a name, or declares some; one after "mean" and one after
    "covariance" (or "variance") are the moments. "Gaussian" or "normal" needs both.
    """
    said = [item.text.lower().strip(",.;") for item in elements if item.kind == "word"]
    having = {"has", "have", "having", "independent", "uncorrelated"} & set(said)
    if "random" not in said and not (speaks_of_moments(said) and having):
        return False
    place = elements[0].place
    unknown = set(said) - _LINKING - set(_ORDERS) - {""}
    if unknown:
        raise Unreadable(f"the word {min(unknown)!r} is not read of what is random", place)
    entities: list[Entity] = []
    moments: dict[str, list[Token]] = {}
    pending: list[list[Token]] = []
    last, closed = "", False
    for item in elements:
        if item.kind == "word":
            word = item.text.lower()
            last = word if word in ("mean", "covariance", "variance") else last
            closed |= word == "random" and bool(entities or pending)
            continue
        item.read = True
        if last:
            moments[last.replace("variance", "covariance").replace("coco", "co")] = item.tokens
            last = ""
        elif pending and is_space(item.tokens):
            sort = domain(item.tokens, declarer.names).sort
            entities += [_with_sort(part, sort, declarer) for part in pending]
            pending = []
        elif closed or moments:
            raise Unreadable("is this random as well? say it in a sentence of its own", item.place)
        else:
            for part in separated(item.tokens):
                _take(part, entities, pending, declarer)
    plain = {"variable", "variables", "number", "numbers"} & set(said)
    sort = "real" if plain and not {"vector", "vectors", "matrix"} & set(said) else None
    entities += [_with_sort(part, sort, declarer) for part in pending]
    _check_kinds(entities, set(said), place)
    entities = [make_random(entity, declarer.names, place) for entity in entities]
    if not entities or (moments and len(entities) > 1):
        raise Unreadable("say of one name at a time what its moments are", place)
    orders = [order for word, order in _ORDERS.items() if word in said and order]
    for entity in entities:
        if orders:
            declarer.names.assume(("moments", entity.name, str(max(orders))))
    _enter_relation(entities, said, declarer, place)
    if {"moments", "moment"} & set(said) and not orders:
        raise Unreadable("say which moments are finite: finite second moments", place)
    if moments:
        _enter_moments(entities[0], moments, "gaussian" in said or "normal" in said, declarer)
    elif {"gaussian", "normal"} & set(said):
        raise Unreadable("say its mean and its covariance: $x \\sim \\mathcal{N}(m, C)$", place)
    return True


def _check_kinds(entities: list[Entity], said: set[str], place: Place) -> None:
    """Raises ``Unreadable`` where the words are not of the kind and the number of the names."""
    several = said & words("vectors variables numbers matrices independent uncorrelated")
    if len(entities) > 1 and not several:
        raise Unreadable("which of these is random? say it in a sentence of its own", place)
    kinds = {kind_of(entity.sort) for entity in entities}
    wrong = (
        (said & {"vector", "vectors"} and kinds != {"vector"})
        or (said & {"matrix", "matrices"} and kinds != {"matrix"})
        or (said & {"number", "numbers"} and kinds != {"number"})
        or (said & {"variable", "variables"} and "matrix" in kinds)
    )
    if entities and wrong:
        raise Unreadable("these are not of the kind that the words say", place)


def _enter_relation(
    entities: list[Entity], said: list[str], declarer: Declarer, place: Place
) -> None:
    """That two random names are independent, or uncorrelated."""
    related = {"independent", "uncorrelated"} & set(said)
    if not related:
        return
    if len(entities) != 2 or len(related) > 1:
        raise Unreadable("of two names it is read that they are independent", place)
    one, other = entities
    if "independent" in related:
        declarer.names.assume(("independent", one.name, other.name))
        return
    if "matrix" in (kind_of(one.sort), kind_of(other.sort)):
        raise Unreadable("uncorrelated is read of numbers and of vectors", place)
    sizes = [entity.sort[1] for entity in entities if kind_of(entity.sort) == "vector"]
    if len(sizes) == 1:
        raise Unreadable("a number and a vector: write their covariance", place)
    for entity in entities:
        declarer.names.assume(("moments", entity.name, "2"))
    bodies = [("app", entity.name, "#0") for entity in entities]
    none = ("zero", *sizes) if sizes else "0"
    declarer.names.assume(("=", spread_of(bodies[0], bodies[1], one.sort), none))


def _take(
    part: list[Token], entities: list[Entity], pending: list[list[Token]], declarer: Declarer
) -> None:
    """A name of the phrase: declared already, declared here, or by a space that comes later."""
    sides = split_relations(part)
    if len(sides) < 2:
        pending.append(part)
        return
    declarer.formula(part, [])
    name = name_of(sides[0][2], declarer.names)
    entity = None if name is None else declarer.known(name)
    if entity is None:
        raise Unreadable("this is no name of a random vector", part[0].place)
    entities += [_with_sort(one, entity.sort, declarer) for one in pending]
    pending.clear()
    entities.append(entity)


def _with_sort(part: list[Token], sort: Sort | None, declarer: Declarer) -> Entity:
    name = name_of(part, declarer.names)
    if name is None or name.letters or name.parameters:
        raise Unreadable(f"{spelled(part)} is no name of a random vector", part[0].place)
    entity = declarer.known(name)
    if entity is None and sort is None:
        raise Undeclared(name.whole, name.key, "in R^n", name.place)
    if entity is None:
        return declarer.declare(name, sort)
    if sort is not None and entity.sort != sort:
        raise Unreadable(f"{entity.latex} is {described(entity.sort)}", name.place)
    return entity


def _enter_moments(
    entity: Entity, moments: dict[str, list[Token]], is_gaussian: bool, declarer: Declarer
) -> None:
    """What is assumed of the mean and the covariance; a new name for one of them is declared."""
    names, size = declarer.names, entity.sort[1] if kind_of(entity.sort) == "vector" else None
    square: Sort = "real" if size is None else ("matrix", size, size)
    if kind_of(entity.sort) == "matrix":
        raise Unreadable(f"the moments of {described(entity.sort)} are not read", None)
    terms = {
        kind: _moment(tokens, square if kind == "covariance" else entity.sort, entity, declarer)
        for kind, tokens in moments.items()
    }
    if is_gaussian:
        if terms.keys() != {"mean", "covariance"} or size is None:
            raise Unreadable("say mean and covariance of a Gaussian vector", None)
        names.assume(("gaussian", entity.name, terms["mean"], terms["covariance"]))
        return
    value: Term = ("app", entity.name, "#0")
    names.assume(("moments", entity.name, "2" if "covariance" in terms else "1"))
    if "mean" in terms:
        names.assume(("=", ("expectation", value), terms["mean"]))
    if "covariance" in terms:
        names.assume(("=", spread_of(value, value, entity.sort), terms["covariance"]))


def _moment(tokens: list[Token], sort: Sort, entity: Entity, declarer: Declarer) -> Term:
    name = name_of(tokens, declarer.names)
    is_new = name is not None and not name.letters and declarer.known(name) is None
    if name is not None and is_new and declarer.is_new(name):
        return declarer.declare(name, sort).name
    value = Grammar(tokens, declarer.names).whole()
    place = tokens[0].place
    if sort == entity.sort:
        return _mean_term(value, entity, place)
    return _spread_term(value, entity, place)
