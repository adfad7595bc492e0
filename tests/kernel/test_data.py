"""The gate for text: what becomes data and terms, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therefore.kernel import Rejected
from therefore.kernel.data import (
    LONGEST_WORD,
    MOST_BYTES,
    MOST_DEPTH,
    MOST_NODES,
    digest,
    field,
    fields,
    parse,
    term_of,
)

NESTED = st.recursive(
    st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)


def nested(depth: int) -> str:
    """An object that holds a list of that depth."""
    return '{"a":' + "[" * depth + "]" * depth + "}"


@given(st.dictionaries(st.text(max_size=4), NESTED))
def test_an_object_of_text_and_lists_is_read_as_it_is(data: dict[str, Any]) -> None:
    """Reading inverts writing."""
    assert parse(json.dumps(data)) == data


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"{}", "MALFORMED"),
        (None, "MALFORMED"),
        ("", "MALFORMED"),
        ("[]", "MALFORMED"),
        ('"a"', "MALFORMED"),
        ("{", "MALFORMED"),
        ('{"a": "b"} {}', "MALFORMED"),
        ('{"a": "b", "a": "b"}', "MALFORMED"),
        ('{"a": {"b": "", "b": ""}}', "MALFORMED"),
        ('{"a": 1}', "MALFORMED"),
        ('{"a": 1.5}', "MALFORMED"),
        ('{"a": NaN}', "MALFORMED"),
        ('{"a": -Infinity}', "MALFORMED"),
        ('{"a": true}', "MALFORMED"),
        ('{"a": [false]}', "MALFORMED"),
        ('{"a": {"b": null}}', "MALFORMED"),
        (nested(MOST_DEPTH + 1), "TOO_LARGE"),
        (nested(200_000), "MALFORMED"),
        (json.dumps({"a": [""] * MOST_NODES}), "TOO_LARGE"),
        (" " * (MOST_BYTES + 1), "TOO_LARGE"),
    ],
)
def test_what_is_no_data_is_refused(text: Any, code: str) -> None:
    """Bare numbers and constants, repeated keys, other values and sizes beyond the limits."""
    with pytest.raises(Rejected) as refusal:
        parse(text)
    assert refusal.value.code == code


def test_the_greatest_depth_is_read() -> None:
    """The limit itself is allowed."""
    assert parse(nested(MOST_DEPTH)).keys() == {"a"}


@pytest.mark.parametrize(
    ("data", "required", "optional", "accepted"),
    [
        ({}, "", "", True),
        ({"a": "1"}, "a", "", True),
        ({"a": "1"}, "", "a b", True),
        ({"a": "1", "b": "2"}, "b", "a", True),
        ({}, "a", "b", False),
        ({"b": "1"}, "a", "b", False),
        ({"c": "1"}, "", "a b", False),
        ([], "", "", False),
        ("a", "", "", False),
    ],
)
def test_an_object_has_the_fields_that_it_must_have(
    data: Any, required: str, optional: str, accepted: bool
) -> None:
    """Every required field is there, and no unknown one."""
    if accepted:
        assert fields(data, required, optional) is data
        return
    with pytest.raises(Rejected) as refusal:
        fields(data, required, optional)
    assert refusal.value.code == "MALFORMED"


@pytest.mark.parametrize(
    ("data", "kind", "value"),
    [
        ({"a": "x"}, str, "x"),
        ({"a": ["x"]}, list, ["x"]),
        ({"a": {"b": "x"}}, dict, {"b": "x"}),
        ({}, str, ""),
        ({}, list, []),
        ({}, dict, {}),
        ({"a": "x"}, list, None),
        ({"a": ["x"]}, str, None),
        ({"a": ["x"]}, dict, None),
    ],
)
def test_a_field_is_of_its_kind(data: dict[str, Any], kind: type, value: Any) -> None:
    """A missing field is empty; one of another kind is refused."""
    if value is not None:
        assert field(data, "a", kind) == value
        return
    with pytest.raises(Rejected) as refusal:
        field(data, "a", kind)
    assert refusal.value.code == "MALFORMED"


@pytest.mark.parametrize(
    ("data", "term"),
    [
        ("x", "x"),
        ("x_1", "x_1"),
        ("0", "0"),
        ("-12", "-12"),
        ("-3/40", "-3/40"),
        ("#0", "#0"),
        ("#123", "#123"),
        ("+oo", "+oo"),
        ("!=", "!="),
        ("a" * LONGEST_WORD, "a" * LONGEST_WORD),
        (["+", "x", ["-", "y"]], ("+", "x", ("-", "y"))),
        ([["real"]], (("real",),)),
    ],
)
def test_lists_of_words_are_terms(data: Any, term: Any) -> None:
    """A list becomes a tuple, a word stays itself."""
    assert term_of(data) == term


@pytest.mark.parametrize(
    "data",
    [
        "",
        " x",
        "x\n",
        "%x",
        "é",
        "٣",
        "1.5",
        "1/0",
        "1/00",
        "1/-2",
        "+1",
        "#",
        "#1234",
        "==",
        "a" * (LONGEST_WORD + 1),
        [],
        ["+", []],
        ["+", {"a": "b"}],
        {},
        None,
        1,
    ],
)
def test_other_data_are_no_terms(data: Any) -> None:
    """Words are ASCII names, numbers and signs; a zero denominator is no number."""
    with pytest.raises(Rejected) as refusal:
        term_of(data)
    assert refusal.value.code == "MALFORMED"


def test_a_digest_forgets_the_order_of_keys_only() -> None:
    """SHA-256 over one serialisation; what is escaped counts as what it stands for."""
    assert digest({"a": "1", "b": "2"}) == digest({"b": "2", "a": "1"})
    assert digest(["a", "b"]) != digest(["b", "a"])
    assert digest({"a": "é"}) == digest(json.loads('{"a": "\\u00e9"}'))
    assert digest([]) == "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"


def test_a_refusal_has_a_code_and_a_place() -> None:
    """The code is for programs, the place for people."""
    refusal = Rejected("UNDEFINED", ("/", "1", "0"))
    assert refusal.code == "UNDEFINED"
    assert refusal.where == "('/', '1', '0')"
    assert str(refusal) == "UNDEFINED: ('/', '1', '0')"
    assert Rejected("CODE").where == ""
