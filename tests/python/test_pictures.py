import html
import re
import xml.etree.ElementTree as ET

import pytest

import standpunt as sp


@pytest.fixture(scope="module")
def councils(root):
    return sp.concat([sp.datasets.telecom(), sp.read_statements(root / "seeds/coded/telecom-councils.csv")])


@pytest.fixture(scope="module")
def pictures(councils):
    agreement = councils.agreement()
    meetings = list(councils)
    issue = councils.majorities().issue[0]
    return {
        "heatmap": agreement.heatmap(),
        "network": agreement.network(threshold=0.6),
        "clusters": agreement.clusters(),
        "map": agreement.map(),
        "seats": councils.seats(),
        "timeline": councils.timeline(issue),
        "slopes": councils.compare(meetings[0], meetings[-1]).slopes(),
    }


@pytest.mark.parametrize("name", ["heatmap", "network", "clusters", "map", "seats", "timeline", "slopes"])
def test_every_picture_is_saved_as_svg_and_page(pictures, name, tmp_path):
    picture = pictures[name]
    picture.save(tmp_path / "x.svg")
    flat = ET.parse(tmp_path / "x.svg").getroot()
    words = {element.text for element in flat.iter("{http://www.w3.org/2000/svg}text")}
    assert words == {element.text for element in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")}
    assert not flat.findall("{http://www.w3.org/2000/svg}style")
    assert not any("var(" in value for element in flat.iter() for value in element.attrib.values())
    picture.save(tmp_path / "x.html")
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "<title>x</title>" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_a_picture_is_saved_as_png(pictures, tmp_path):
    pytest.importorskip("resvg_py")
    for name, picture in pictures.items():
        picture.save(tmp_path / f"{name}.png")
        assert (tmp_path / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_a_picture_is_drawn_with_matplotlib(pictures):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    from matplotlib import pyplot

    for picture in pictures.values():
        ax = picture.matplotlib()
        texts = sum(1 for element in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text"))
        assert len(ax.texts) == texts
        pyplot.close(ax.figure)
    figure, axes = pyplot.subplots(1, 2)
    assert pictures["map"].matplotlib(axes[1]) is axes[1]
    pyplot.close(figure)


def test_another_kind_of_file_is_refused(pictures, tmp_path):
    with pytest.raises(sp.InputError, match=r"path: 'x.gif' is not a .svg, .html or .png file"):
        pictures["map"].save(tmp_path / "x.gif")
    with pytest.raises(sp.InputError, match=r"path: 'x.svg' is not a .html file"):
        sp.datasets.telecom().page().save(tmp_path / "x.svg")


def test_pictures_need_one_score_a_pair(councils):
    with pytest.raises(sp.InputError, match="by: expected scores that are not split, for a picture, got topic"):
        councils.agreement(by="topic").map()
    with pytest.raises(sp.InputError, match=r"threshold: expected 0\.5 to 1, got 0\.2"):
        councils.agreement().network(threshold=0.2)
    with pytest.raises(sp.InputError, match="no issue with a side"):
        councils.timeline("x")


def test_a_cell_of_the_heatmap_tells_what_its_score_is_made_of(root):
    agreement = sp.read_statements(root / "seeds/coded/telecom-councils.csv").agreement()
    titles = re.findall(r"<title>(.*?)</title>", str(agreement.heatmap()), re.DOTALL)
    told = next(title for title in titles if title.startswith(("BE – EE:", "EE – BE:"))).splitlines()[1:]
    rows = agreement.explain("BE", "EE")
    rows["shared"] = rows["weight"] * (rows["p_agree"] + rows["p_disagree"])
    first = rows.sort_values(["shared", "issue"], ascending=[False, True], kind="stable").head(3)
    assert told
    assert [line[:5] for line in told] == [f"+{part:.2f}" for part in first["contribution"]][: len(told)]
    assert all(issue.startswith(line[6:].rstrip("…")) for line, issue in zip(told, first["issue"], strict=False))


def test_a_cell_of_the_heatmap_tells_what_both_said():
    text = "Report of 6 June 2025\n\nFrance supported the R&D tax. Italy opposed the R&D tax."
    titles = re.findall(r"<title>(.*?)</title>", str(sp.parse_report(text).agreement().heatmap()), re.DOTALL)
    told = html.unescape(next(title for title in titles if title.startswith(("FR – IT:", "IT – FR:"))))
    assert told.splitlines()[2:] == [
        "FR: “France supported the R&D tax”",
        "IT: “Italy opposed the R&D tax”",
    ]
