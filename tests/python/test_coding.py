import jsonschema
import pandas as pd
import pytest

import standpunt as sp

TEXT = """Verslag Milieuraad 16 oktober 2023

1. Bodem

Veel lidstaten, waaronder Nederland, verwelkomden het voorstel. Malta was tegen de districten.

2. Water

De Commissie riep op tot strengere normen.
"""


def statement(quote, stance="support", **fields):
    return {"quote": quote, "stance": stance, "proposition": "het voorstel", **fields}


def test_a_coder_replaces_the_rules():
    seen = []

    def coder(text):
        seen.append(text)
        yield statement("Malta was tegen de districten.", "oppose", named=["MT"], proposition="districten")
        yield statement("De Commissie riep op", institution="COM", conditional=True, start=None)

    corpus = sp.parse_report(TEXT, name="r", coder=coder)
    assert seen == [TEXT]
    rows = corpus.statements
    assert list(rows.section) == ["1. Bodem", "2. Water"]
    assert list(rows.named) == ["MT", ""]
    assert list(rows.quantifier.fillna("")) == ["named_only", ""]
    assert list(rows.conditional) == [False, True]
    assert all(TEXT[row.start : row.end] == row.quote for row in rows.itertuples())
    left = corpus.unread
    assert list(left.reason) == ["not_coded"]
    assert left.text[0].startswith("Veel lidstaten")
    assert len(sp.read_statements(rows)) == 2


def test_what_does_not_fit_is_handed_back_with_its_reason():
    def coder(text):
        return pd.DataFrame(
            [
                statement("staat er niet", named="MT"),
                statement("Malta was tegen de districten.", "tegen", named="MT"),
                statement("Malta was tegen de districten.", "oppose", named="MT"),
                statement("i", named="MT"),
                statement(None, named="MT"),
            ]
        )

    with pytest.warns(sp.StandpuntWarning, match=r"4 of the coder's statements do not fit, see corpus.errors"):
        corpus = sp.parse_report(TEXT, name="r", coder=coder)
    assert len(corpus) == 1
    assert list(corpus.errors.error) == [
        "r: row 1 (spreadsheet row 2), column 'quote': 'staat er niet' does not stand in the report",
        "r: row 2 (spreadsheet row 3), column 'stance': 'tegen' is not one of support, oppose, neutral",
        "r: row 4 (spreadsheet row 5), column 'quote': 'i' stands more than once: give start and end",
        "r: row 5 (spreadsheet row 6), column 'quote': expected the words that carry the position, got an empty cell",
    ]


def test_a_coder_that_is_none_is_refused():
    with pytest.raises(TypeError, match="coder: expected a callable that takes a text, got str"):
        sp.parse_report(TEXT, coder="gpt")
    with pytest.raises(TypeError, match="coder: expected mappings as statements, got str as statement 1"):
        sp.parse_report(TEXT, coder=lambda text: ["x"])


def test_a_coder_without_statements_leaves_all_unread():
    corpus = sp.parse_report(TEXT, coder=lambda text: [])
    assert len(corpus) == 0
    assert len(corpus.unread) == 3


def test_two_codings_are_compared():
    rules = sp.parse_report(TEXT, name="r")

    def coder(text):
        yield statement(
            "Veel lidstaten, waaronder Nederland, verwelkomden het voorstel.", quantifier="many", named="NL"
        )
        yield statement("Malta was tegen", "support", named="MT")

    other = sp.parse_report(TEXT, name="r", coder=coder)
    same = sp.compare_codings(rules, rules)
    assert len(same) == 0
    assert same.span_agreement == 1
    assert list(same.coefficients.alpha) == [1, 1, 1]
    found = sp.compare_codings(rules, other)
    assert found.span_agreement == pytest.approx(4 / 5)
    rows = found.disagreements
    assert list(rows.difference) == ["stance", "only_a"]
    assert list(rows.holder_a) == ["named_only MT", "COM"]
    assert rows.stance_b.isna().tolist() == [False, True]
    assert list(found.coefficients.n) == [2, 2, 2]
    assert found.coefficients.agreement.tolist() == [1, 0.5, 0.5]
    assert repr(found).startswith("<CodingComparison: 2 units coded by both, span F1 0.80, holder alpha 1.00")
    with pytest.raises(TypeError, match="b: expected a Corpus, got DataFrame"):
        sp.compare_codings(rules, rules.statements)


def test_coded_tables_without_texts_are_compared_by_their_words():
    rows = sp.datasets.telecom().statements.drop(columns=["start", "end"])
    a = sp.read_statements(rows)
    rows.loc[0, "stance"] = "oppose" if rows.stance[0] != "oppose" else "support"
    found = sp.compare_codings(a, sp.read_statements(rows))
    assert list(found.disagreements.difference) == ["stance"]


def test_the_schema_describes_what_is_read():
    schema = sp.statement_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    fields = schema["properties"]["statements"]["items"]["properties"]
    empty = dict.fromkeys(fields) | {"named": [], "excluded": [], "intensity": "normal", "conditional": False}
    rows = []
    for word in fields["quantifier"]["anyOf"][0]["enum"]:
        rows.append(empty | statement("Malta was tegen", named=["MT"], quantifier=word))
    for code in filter(None, fields["institution"]["enum"]):
        rows.append(empty | statement("De Commissie riep op", institution=code, conditional=True))
    jsonschema.validate({"statements": rows}, schema)
    with pytest.warns(sp.StandpuntWarning, match="the same row stood before and is kept once"):
        corpus = sp.parse_report(TEXT, coder=lambda text: rows)
    assert len(corpus.errors) == 0
    # named_only and no size word say the same of one state.
    assert len(corpus) == len(rows) - 1
