"""Reviewing a report in JupyterLab: what is clicked is kept, also when the kernel goes."""

import json
import shutil

import pytest
from playwright.sync_api import expect

NAME = "verslag-informele-telecomraad-2025-03"
HOSTILE = "\n\nDuitsland steunde <img src=x onerror=document.title='broken'>het voorstel voor <b>kabels</b>.\n"
CELLS = [
    'import standpunt as sp\n\ncorpus = sp.read_reports("../reviewed")\nreview = corpus.review(reviewer="anna")\nreview',
    'corpus.reviewed[["decision", "changed", "by"]]',
]


@pytest.fixture(scope="module")
def reviewed(lab):
    """A report, and the notebook that reviews it, after it ran."""
    folder = lab.folder / "reviewed"
    folder.mkdir()
    text = (lab.folder / "reports" / f"{NAME}.txt").read_text(encoding="utf-8")
    (folder / f"{NAME}.txt").write_text(text + HOSTILE, encoding="utf-8")
    shown = json.loads((lab.folder / "notebooks" / "01-the-seed-report.ipynb").read_text(encoding="utf-8"))
    code = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    shown["cells"] = [{**code, "id": f"cell-{at}", "source": cell} for at, cell in enumerate(CELLS)]
    (lab.folder / "notebooks" / "review.ipynb").write_text(json.dumps(shown), encoding="utf-8")
    yield lab.run("review.ipynb"), folder / f"{NAME}.review.jsonl"
    shutil.rmtree(folder)


def test_what_is_clicked_is_kept_when_the_kernel_goes(lab, reviewed):
    page, kept = reviewed
    cards = page.locator(".sp-review .sp-card")
    expect(cards.first).to_be_visible(timeout=30_000)
    expect(page.locator("table.dataframe tbody tr")).to_have_count(0)

    cards.nth(0).get_by_role("button", name="Accept").click()
    expect(cards.nth(0)).to_have_class("sp-card sp-is-accepted", timeout=30_000)
    cards.nth(1).get_by_role("button", name="Correct").click()
    cards.nth(1).locator("select[name=stance]").select_option("oppose")
    cards.nth(1).locator("input[name=issue]").fill("iets <i>anders</i>")
    cards.nth(1).get_by_role("button", name="Save").click()
    expect(cards.nth(1)).to_have_class("sp-card sp-is-corrected", timeout=30_000)
    cards.nth(2).get_by_role("button", name="Reject").click()
    expect(cards.nth(2)).to_have_class("sp-card sp-is-rejected", timeout=30_000)
    lines = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    assert [(line["do"], line["by"], line.get("set")) for line in lines] == [
        ("accept", "anna", None),
        ("correct", "anna", {"stance": "oppose", "issue": "iets <i>anders</i>"}),
        ("reject", "anna", None),
    ]
    lab.keep_picture(page, "review.ipynb")

    lab.restart(page)
    expect(page.locator("table.dataframe tbody tr")).to_have_count(3, timeout=120_000)
    expect(page.locator("table.dataframe tbody")).to_contain_text("stance issue")
    expect(cards.nth(1)).to_have_class("sp-card sp-is-corrected", timeout=30_000)
    expect(cards.nth(1)).to_contain_text("iets <i>anders</i>")
    expect(cards.nth(2)).to_have_class("sp-card sp-is-rejected")


def test_words_that_are_selected_become_a_position(reviewed):
    page, kept = reviewed
    before = len(kept.read_text(encoding="utf-8").splitlines()) if kept.exists() else 0
    expect(page.locator(".sp-review .sp-card").first).to_be_visible(timeout=30_000)
    adder = page.get_by_role("button", name="Add a position")
    adder.click()
    expect(page.locator(".sp-review .sp-problem")).to_contain_text("Select the words")
    words = page.locator(".sp-review article > *").first.evaluate(
        """piece => {
            const range = document.createRange();
            range.setStart(piece.firstChild, 0);
            range.setEnd(piece.firstChild, Math.min(20, piece.firstChild.length));
            document.getSelection().removeAllRanges();
            document.getSelection().addRange(range);
            return range.toString().trim();
        }"""
    )
    adder.click()
    form = page.locator(".sp-review .sp-is-editing")
    form.locator("input[name=issue]").fill("wat er staat")
    form.locator("input[name=named]").fill("NL DE")
    form.locator("select[name=quantifier]").select_option("named_only")
    form.get_by_role("button", name="Save").click()
    expect(page.locator(".sp-review .sp-is-added")).to_have_count(1, timeout=30_000)
    lines = kept.read_text(encoding="utf-8").splitlines()
    assert len(lines) == before + 1
    assert json.loads(lines[-1])["set"]["quote"] == words


def test_confidence_filters_what_is_listed(reviewed):
    page, _ = reviewed
    open_cards = page.locator(".sp-review .sp-is-open")
    expect(open_cards.first).to_be_visible(timeout=30_000)
    page.locator(".sp-review input[name=confidence]").fill("0")
    expect(open_cards).to_have_count(0)
    page.locator(".sp-review input[name=confidence]").fill("1")
    expect(open_cards.first).to_be_visible()


def test_a_report_is_text_and_never_markup(lab, reviewed):
    page, _ = reviewed
    expect(page.locator(".sp-review article")).to_contain_text("<img src=x onerror", timeout=30_000)
    assert page.locator(".sp-review :is(img, article b, li i)").count() == 0
    assert page.title() != "broken"
    assert lab.strangers() == []
