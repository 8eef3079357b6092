"""Bad texts, by number (1 to 26): an empty one, one in another encoding, noise, markup, words that do not fit."""

import unicodedata
from html import unescape

import pytest

import standpunt as sp
from refusal import refused

HEAD = "Verslag Telecomraad 4 maart 2025\n\n1. Item\n\n"
EN = "Report of the Telecom Council of 4 March 2025\n\n1. Item\n\n"
SENTENCE = "Veel lidstaten steunden het coördinatieplan."


def read(text, **options):
    """One report's corpus; each quote must stand where it says."""
    corpus = sp.parse_report(text, name="x", **options)
    given = corpus.text(corpus.meetings["meeting"][0])
    assert given == text
    for row in [*corpus.statements.itertuples()]:
        assert given[row.start : row.end] == row.quote
    for row in corpus.unread.itertuples():
        assert given[row.start : row.end] == row.text
    return corpus


def coded(corpus):
    rows = corpus.statements[["institution", "named", "excluded", "quantifier", "stance", "size_lo", "size_hi"]]
    return [
        tuple(None if value in ("", None) or value != value else value for value in row)
        for row in rows.itertuples(index=False)
    ]


def one(text, **options):
    (row,) = read(text, **options).statements.itertuples()
    return row


def told(text, **options):
    """What is warned of, and the corpus."""
    with pytest.warns(sp.StandpuntWarning) as notes:
        corpus = read(text, **options)
    return [str(note.message) for note in notes], corpus


@pytest.mark.parametrize("text", ["", "   ", "\n\n\t\n"])
def test_01_an_empty_text_gives_empty_tables_with_their_columns(text, seed):
    corpus = sp.parse_report(text)
    for table in ("statements", "unread", "conflicts", "positions", "issues"):
        frame = getattr(corpus, table)
        assert len(frame) == 0
        assert list(frame.columns) == list(getattr(seed, table).columns)


@pytest.mark.parametrize(("text", "kind"), [(None, "NoneType"), (3, "int"), (b"x", "bytes")])
def test_02_what_is_no_string_is_named_with_its_parameter(text, kind):
    assert refused(TypeError, sp.parse_report, text) == f"text: expected a string, got {kind}"


def test_03_bytes_that_are_no_utf_8_are_named_by_line_and_byte(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"een\ntwee \xff\xfe drie")
    hint = "not valid UTF-8; if the file is from an older Windows program, try encoding='cp1252'"
    assert refused(sp.FormatError, sp.read_reports, path) == f"{path}: line 2, byte 9: {hint}"
    path.write_bytes((HEAD + SENTENCE).encode("latin-1"))
    assert coded(sp.read_reports(path, encoding="latin1")) == coded(read(HEAD + SENTENCE))
    got = refused(sp.InputError, sp.read_reports, path, encoding="latin-nine")
    assert got == "encoding: expected the name of an encoding, such as 'utf-8' or 'cp1252', got 'latin-nine'"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_04_utf_16_and_32_with_a_mark_are_read_and_noted(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes(("\ufeff" + HEAD + SENTENCE).encode(encoding))
    corpus = sp.read_reports(path)
    assert corpus.text("a") == HEAD + SENTENCE
    assert len(corpus) == 1
    assert f"read as {encoding[:6].upper()}, as its byte order mark says" in corpus.show()
    path.write_bytes(("\ufeff" + HEAD + SENTENCE).encode(encoding)[:-1])
    got = refused(sp.FormatError, sp.read_reports, path)
    size = len((HEAD + SENTENCE).encode(encoding)) + (2 if "16" in encoding else 4)
    width = size - len(("\ufeff" + HEAD + SENTENCE[:-1]).encode(encoding))
    assert (
        got
        == f"{path}: line 5, byte {size - width}: not valid {encoding[:6].upper()}; its byte order mark says that it is"
    )


def test_05_a_utf_8_mark_is_not_part_of_the_text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(("\ufeff" + HEAD + SENTENCE).encode())
    corpus = sp.read_reports(path)
    assert corpus.text("a") == HEAD + SENTENCE
    (row,) = corpus.statements.itertuples()
    assert corpus.text("a")[row.start : row.end] == row.quote


def test_06_a_windows_file_says_which_encoding_to_try(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes((HEAD + SENTENCE).encode("cp1252"))
    hint = "not valid UTF-8; if the file is from an older Windows program, try encoding='cp1252'"
    assert refused(sp.FormatError, sp.read_reports, path) == f"{path}: line 5, byte 73: {hint}"
    assert coded(sp.read_reports(path, encoding="cp1252")) == coded(read(HEAD + SENTENCE))


def test_07_control_characters_stay_and_are_warned_of():
    for char in ("\x00", "\x07", "\x1b"):
        notes, corpus = told(HEAD + SENTENCE.replace("steunden", f"steunden{char}"))
        assert notes == ["x: control characters in the text"]
        assert coded(corpus) == coded(read(HEAD + SENTENCE))


def test_08_half_a_surrogate_pair_is_named_by_its_place():
    for half in ("\ud800", "\udfff"):
        got = refused(sp.InputError, sp.parse_report, f"ab{half}")
        assert got == "text: character 2 is half of a surrogate pair and no character of its own"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\f"])
def test_09_every_line_end_counts_once_in_errors(tmp_path, end):
    path = tmp_path / "a.txt"
    data = f"een{end}twee{end}".encode()
    path.write_bytes(data + b"\xff")
    hint = "not valid UTF-8; if the file is from an older Windows program, try encoding='cp1252'"
    assert refused(sp.FormatError, sp.read_reports, path) == f"{path}: line 3, byte {len(data)}: {hint}"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_10_composed_and_decomposed_letters_read_alike(form):
    text = unicodedata.normalize(form, HEAD + "Oostenrijk en België steunden het coördinatieplan.")
    assert coded(read(text)) == [(None, "AT BE", None, "named_only", "support", 2, 2)]


def test_11_misread_letters_are_put_right_on_a_copy_and_flagged():
    corpus = read(HEAD + "Veel lidstaten steunden de gecooérdineerde aanpak van /nvestAl en Al-fabrieken.")
    assert coded(corpus) == [(None, None, None, "many", "support", 9, 22)]
    assert "misread letters were put right on a copy; offsets refer to the given text" in corpus.show()


@pytest.mark.parametrize("broken", ["Neder-\nland", "Neder-\r\nland", "Neder\u00adland", "Neder\u2010\nland"])
def test_12_names_and_sizes_are_found_across_a_break(broken):
    text = f"{HEAD}Veel lid-\nstaten, waaronder {broken}, steunden het plan."
    assert coded(read(text)) == [(None, "NL", None, "many", "support", 9, 22)]


def test_13_a_page_header_inside_a_sentence_is_left_out_and_listed():
    page = "Tweede Kamer, 21 501-33, nr. 999"
    body = f"Pagina 1\n\f{page}\nsteunden het plan.\n\nMalta was tegen de heffing.\nPagina 2\n\f{page}\nEinde."
    corpus = read(f"{HEAD}Veel lidstaten, waaronder Nederland en Malta,\n{body}")
    assert coded(corpus)[0] == (None, "MT NL", None, "many", "support", 9, 22)
    assert f"left out as part of the page: 'Pagina 1', '{page}', 'Pagina 2'" in unescape(corpus.show())


def test_14_a_line_without_end_is_split_and_warned_of():
    text = HEAD + "Veel lidstaten steunden het plan " + "en dat plan was goed " * 5_000
    notes, corpus = told(text)
    assert notes == ["x: a sentence over 20 kB was split"]
    assert len(corpus) > 0


@pytest.mark.filterwarnings("ignore::standpunt.StandpuntWarning")
@pytest.mark.parametrize("pair", ["()", "[]", "“”", '""', "''", "‘’", "{}", "<>"])
def test_15_brackets_inside_each_other_are_no_deeper_than_any(pair):
    inside = pair[0] * 100_000 + "x" + pair[1] * 100_000
    corpus = sp.parse_report(f"{HEAD}{SENTENCE} {inside} Malta steunde het plan.", name="x")
    assert len(corpus) >= 1


def test_16_names_without_end_are_read_in_one_pass():
    text = EN + "Many member states, " + "including the Netherlands, " * 4_000 + "supported the plan."
    notes, corpus = told(text)
    assert notes == ["x: a sentence over 20 kB was split"]
    assert set(corpus.statements["named"].dropna()) <= {"NL"}


def test_17_characters_that_hide_or_turn_text_are_shown_escaped_and_flagged():
    hidden = SENTENCE.replace("lidstaten", "lid\u200bstaten\u202e")
    notes, corpus = told(HEAD + hidden)
    assert notes == ["x: characters in the text that are invisible or change its direction"]
    assert coded(corpus) == coded(read(HEAD + SENTENCE))
    assert "\u202e" not in corpus.show()
    assert "[U+202E]" in corpus.show()
    notes, corpus = told(HEAD + "\u0422he Veel lidstaten steunden het plan.")
    assert notes == ["x: letters of two alphabets in one word, such as '\u0422he'"]


@pytest.mark.parametrize(
    ("text", "share", "code"),
    [
        ("Muchos Estados apoyaron el plan. Otros se opusieron.", 0, "nl"),
        ("Многие государства поддержали предложение.", 0, "nl"),
    ],
)
def test_18_a_language_that_is_not_known_is_no_report_without_positions(text, share, code):
    notes, corpus = told(text)
    assert f"x: language not recognised: {share} % of the words are common words of '{code}'" in notes
    assert f"x: nothing was read in '{code}': {share} % of the words are common words of '{code}'" in notes
    assert len(corpus) == 0
    notes, corpus = told("Many member states backed the plan of the Commission.", language="nl")
    assert "x: nothing was read in 'nl': 67 % of the words are common words of 'en'" in notes
    got = refused(sp.LanguageError, sp.parse_report, text, language="es")
    assert got == "language: 'es' is not one of nl, en, de, fr"


def test_19_a_paragraph_in_another_language_is_flagged():
    english = (
        "Many member states welcomed the proposal of the Commission and called for more ambition, while others "
        "asked for more time and for an assessment of what it would cost."
    )
    notes, corpus = told(f"{HEAD}{SENTENCE}\n\n{english}\n\n{SENTENCE}", language="nl")
    assert notes == ["x: paragraph 4 seems to be in another language, 'en', and is read in 'nl'"]
    assert len(corpus) == 2


def test_20_tags_are_words_unless_the_reader_is_told():
    text = f"{HEAD}<b>Veel lidstaten</b> steunden het plan &amp; de heffing. **Malta** was tegen het plan."
    corpus = read(text)
    assert "<b>Veel lidstaten</b> steunden het plan &amp;" in corpus.text(corpus.meetings["meeting"][0])
    assert corpus.statements["quantifier"].tolist() == ["many", "named_only"]
    html = sp.parse_report(
        f"<h1>Verslag Telecomraad 4 maart 2025</h1><p>Malta &amp; Polen: nee. {SENTENCE}</p>", reader="html"
    )
    assert html.text(html.meetings["meeting"][0]).endswith(f"Malta & Polen: nee. {SENTENCE}")


def test_21_without_a_date_the_members_and_their_number_are_not_known():
    notes, corpus = told("Alle lidstaten steunden het plan. Malta was tegen de heffing.", language="nl")
    assert notes == ["x: no meeting date found, so the members are not known"]
    assert corpus.meetings["members"].tolist() == [0]
    assert corpus.statements["size_hi"].isna().tolist() == [True, False]


@pytest.mark.parametrize(("year", "members"), [(2003, 15), (2005, 25), (2012, 27), (2016, 28), (2025, 27)])
def test_22_all_member_states_follow_the_date(year, members):
    row = one(HEAD.replace("2025", str(year)) + "Alle lidstaten steunden het plan.")
    assert (row.size_lo, row.size_hi) == (members, members)


def test_23_a_state_that_is_both_in_and_out_is_kept_and_flagged():
    corpus = read(HEAD + "Alle lidstaten, waaronder Malta, behalve Malta, steunden het plan.")
    assert len(corpus) == 1
    assert corpus.conflicts[["who", "kind", "done"]].to_numpy().tolist() == [
        ["MT", "named_and_excepted", "left out of the cell"]
    ]
    scores = corpus.agreement().frame
    assert (scores[(scores.actor_a == "MT") | (scores.actor_b == "MT")].shared_upper == 0).all()


def test_24_a_count_below_the_number_of_names_is_flagged():
    corpus = read(EN + "Two member states (Malta, Cyprus and Latvia) opposed the plan.")
    assert coded(corpus) == [(None, "CY LV MT", None, "count:2", "oppose", 3, 3)]
    assert corpus.conflicts[["who", "kind", "done"]].to_numpy().tolist() == [
        ["oppose", "count_below_names", "taken as the 3 named"]
    ]
    behind = read(EN + "Two member states opposed the plan: Malta, Cyprus and Latvia.")
    assert coded(behind) == coded(corpus)
    assert behind.conflicts["kind"].tolist() == ["count_below_names"]
    # More than are named is no contradiction: the others are not named.
    assert len(read(EN + "Four member states (Malta, Cyprus and Latvia) opposed the plan.").conflicts) == 0


def test_25_a_state_that_was_no_member_is_kept_and_flagged():
    corpus = read(HEAD + "Het Verenigd Koninkrijk en Malta steunden het plan.")
    assert corpus.statements["named"].tolist() == ["GB MT"]
    assert corpus.conflicts[["who", "kind"]].to_numpy().tolist() == [["GB", "not_member"]]


def test_26_a_pattern_of_a_users_lexicon_is_taken_as_it_stands(tmp_path):
    words = tmp_path / "words.toml"
    words.write_text('language = "nl"\nnegations = ["(a+)+$", "nimmer"]\n', encoding="utf-8")
    assert sp.check_lexicon(words)["problem"].isna().all()
    text = HEAD + f"Malta steunde het plan {'a' * 10_000} nimmer."
    assert one(text, lexicon=words).named == "MT"
