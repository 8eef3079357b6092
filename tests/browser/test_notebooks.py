"""The notebooks of the seeds, run in a real JupyterLab."""

import json

import pytest

from conftest import SEEDS

NOTEBOOKS = sorted(path.name for path in (SEEDS / "notebooks").glob("*.ipynb"))
ERRORS = ["application/vnd.jupyter.stderr", "application/vnd.jupyter.error"]


@pytest.fixture(scope="session")
def pages(lab):
    """Each notebook after it ran."""
    return {name: lab.run(name) for name in NOTEBOOKS}


@pytest.fixture
def seed(pages):
    """The notebook on the seed report."""
    return pages["01-the-seed-report.ipynb"]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_cell_shows_an_error(pages, name):
    for mime in ERRORS:
        shown = pages[name].locator(f'.jp-RenderedText[data-mime-type="{mime}"]').all_inner_texts()
        assert shown == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_cell_that_ends_in_a_value_shows_it(pages, name):
    cells = json.loads((SEEDS / "notebooks" / name).read_text())["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert pages[name].locator(".jp-CodeCell").count() == len(code)
    assert pages[name].locator(".jp-CodeCell:has(.jp-OutputArea-output)").count() == len(code)


def test_the_report_is_marked(seed):
    marks = seed.locator(".standpunt article mark")
    assert marks.count() > 30
    titles = marks.evaluate_all("marks => marks.map(mark => mark.title)")
    assert all("confidence" in title or "not read" in title for title in titles)
    assert any("NL" in title and "members" in title for title in titles)
    signs = seed.locator(".standpunt article sup").all_inner_texts()
    assert any(sign.startswith("+") for sign in signs)
    assert any(sign.startswith("○") for sign in signs)


def test_stances_are_underlined_differently(seed):
    def line(stance):
        style = "mark => getComputedStyle(mark).textDecorationStyle"
        return seed.locator(f".standpunt .sp-legend mark.sp-{stance}").first.evaluate(style)

    lines = [line(stance) for stance in ("support", "neutral", "oppose")]
    assert lines == ["solid", "dashed", "double"]


def test_a_tapped_mark_opens_its_card(seed):
    mark = seed.locator(".standpunt article mark.sp-support").first
    card = "mark => getComputedStyle(mark, '::after').content"
    assert mark.evaluate(card) == "none"
    mark.click()
    assert "support" in mark.evaluate(card)


def test_the_heatmap_has_a_title_in_every_cell(seed):
    cells = seed.locator(".sp-svg").filter(has_text="Who agrees with whom").locator(".cell").all()
    actors = seed.locator(".sp-svg").filter(has_text="Who agrees with whom").locator("g[transform]").count()
    assert len(cells) == actors * (actors - 1) // 2
    titles = seed.locator(".sp-svg .cell > title").all_text_contents()
    assert any("not identified, possible" in title for title in titles)
    identified = [title for title in titles if ": agreement " in title]
    assert all("certain" in title for title in identified)


def test_tables_are_shown_with_their_rows(seed):
    assert seed.locator(".jp-OutputArea-output table.dataframe").count() >= 2
    assert seed.locator(".jp-OutputArea-output table.dataframe tbody tr").count() > 10


def test_colours_follow_the_theme(lab, seed):
    def lightness(selector):
        script = "element => getComputedStyle(element).color.match(/[\\d.]+/g).slice(0, 3).map(Number)"
        return sum(seed.locator(selector).first.evaluate(script)) / 3

    assert (lightness(".standpunt") > 128) == lab.dark
    assert (lightness(".standpunt .sp-tag-support") > 128) == lab.dark


def test_nothing_is_fetched_from_elsewhere(lab, pages):
    assert pages
    assert lab.requests
    assert lab.strangers() == []
