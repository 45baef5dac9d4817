"""The pages for everybody: what a screen reader, a keyboard, weak eyes, a telephone and a printer need.

What a parser can see is always checked. With Chromium on the machine the page is also laid out and printed, and where
ZONGJIE_AXE names axe.min.js (npm package axe-core) axe looks at it; with ZONGJIE_BROWSER=must neither may be skipped.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from pipeline.ask.compare import compare
from pipeline.ask.ledger import ledger
from pipeline.show import compare_html, ledger_html, report_html

SWITCHES = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update")  # fmt: skip
LEAST = 4.5  # WCAG 2 AA: contrast of text of ordinary size
PAGES = ("report", "compare", "ledger")


@pytest.fixture(scope="module")
def written(dataset, root, tmp_path_factory) -> dict[str, Path]:
    """The three pages of the samples' truth, which has a town of a long name and something to check beside it."""
    folder = tmp_path_factory.mktemp("pages")
    base = dataset.truth(folder / "truth.db", root / "corpora/eval/samples")
    long = dataset.Said("岚川经济技术开发区新兴产业园区管理委员会民族乡", "2023年上半年")
    long.fact("投稿", "30篇", 30, 30, sentence="共投稿30篇。").fact("投稿", "45篇", 45, 45, sentence="全镇投稿45篇。")
    dataset.put(base, 1, long, 999)
    made = {name: folder / f"{name}.html" for name in PAGES}
    report_html.write(base, made["report"])
    compare_html.write(base, compare(base), made["compare"])
    ledger_html.write(ledger(base), made["ledger"])
    base.close()
    return made


@pytest.fixture(params=PAGES)
def page(request, written) -> html.HtmlElement:
    return html.document_fromstring(written[request.param].read_text(encoding="utf-8"))


def test_one_h1_and_headings_go_down_one_step_at_a_time(page):
    levels = [int(each.tag[1]) for each in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(each.xpath("string(.)").strip() for each in page.xpath("//h1|//h2|//h3|//h4"))


def test_language_title_and_landmarks(page):
    assert page.get("lang") == "zh-CN"
    assert page.xpath("string(//title)").strip()
    assert len(page.xpath("//main")) == 1
    assert not page.xpath("//nav[not(@aria-label)]")
    assert "maximum-scale" not in page.xpath("string(//meta[@name='viewport']/@content)")


def test_every_drawing_has_a_name_or_is_decoration(page):
    for drawing in page.xpath("//*[local-name()='svg']"):
        named = drawing.get("role") == "img" and drawing.get("aria-label")
        assert named or drawing.get("aria-hidden") == "true"
    assert not page.xpath("//img[not(@alt)]")


def test_tables_have_heads_with_scopes_and_as_many_columns_as_cells(page):
    assert not page.xpath("//th[not(@scope)]")
    for table in page.xpath("//table"):
        assert table.xpath(".//th")
        wide = {sum(int(cell.get("colspan", 1)) for cell in row.xpath("th|td")) for row in table.xpath(".//tr")}
        assert len(wide) == 1, table.get("class")


def test_links_fields_and_buttons_have_names_and_nothing_is_out_of_reach(page):
    assert all(
        (each.xpath("string(.)") or each.get("aria-label") or "").strip() for each in page.xpath("//a|//summary")
    )
    for field in page.xpath("//input|//select|//textarea"):
        assert field.getparent().tag == "label" or page.xpath(f"//label[@for='{field.get('id')}']")
    assert not page.xpath("//*[@tabindex > 0]|//*[@onclick]|//a[not(@href)]")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def luminance(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb (WCAG 2)."""
    digits = colour.lstrip("#")
    digits = "".join(2 * each for each in digits) if len(digits) == 3 else digits
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_of_text_stands_out_from_its_ground(root):
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    css = (root / "pipeline/show/report.css").read_text(encoding="utf-8")
    named = dict(re.findall(r"(--\w[\w-]*):(#[0-9a-f]{3,6})", css))
    css = re.sub(r"var\((--[\w-]+)\)", lambda found: named.get(found[1], found[0]), css)
    grounds = {"#fff", named["--paper"], named["--wash"]}  # a row under the pointer is washed
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", css)
    checked = 0
    for selector, body in rules:
        colour = re.search(r"(?<![\w-])(?:color|fill):(#[0-9a-f]{3,6})", body) if "text" in selector else re.search(
            r"(?<![\w-])color:(#[0-9a-f]{3,6})", body)  # fmt: skip
        own = re.search(r"background:(#[0-9a-f]{3,6})", body)
        if own and not colour:  # a ground without a colour of its own carries the page's ink
            assert contrast(named["--ink"], own[1]) >= LEAST, selector
        if colour:
            checked += 1
            for ground in {own[1]} if own else grounds:
                assert contrast(colour[1], ground) >= LEAST, (selector, colour[1], ground)
    assert checked > 20
    assert contrast(named["--doubt"], named["--doubt-wash"]) >= LEAST


def test_focus_is_seen(root):
    css = (root / "pipeline/show/report.css").read_text(encoding="utf-8")
    assert re.search(r"a:focus-visible,summary:focus-visible,input:focus-visible\{outline:2px solid", css)
    assert "outline:none" not in css
    assert "outline:0" not in css


# --- laid out by a browser ----------------------------------------------------------------------------------------


def missing(what: str):
    if os.environ.get("ZONGJIE_BROWSER") == "must":
        pytest.fail(f"{what} is not here, and here this test may not skip")
    pytest.skip(f"no {what}")


@pytest.fixture(scope="module")
def browse(tmp_path_factory):
    """Run Chromium with these words; its output as text."""
    program = shutil.which("chromium")
    if program is None:
        missing("chromium (on Debian: apt-get install chromium)")

    def go(*words: str) -> str:
        profile = f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"
        done = subprocess.run([program, *SWITCHES, profile, *words], capture_output=True, timeout=300, check=True)
        return done.stdout.decode("utf-8", "replace")

    return go


def told(browse, file: Path, script: str, *scripts: str) -> dict:
    """What a script says of a page, once it is laid out; ``script`` calls ``tell`` with a value."""
    said = (
        "<script>addEventListener('load',function(){function tell(v){var p=document.createElement('pre');p.id='told';"
        f"p.textContent=JSON.stringify(v);document.body.append(p)}}{script}}})</script>"
    )
    beside = file.with_name(f"told-{file.name}")
    text = file.read_text(encoding="utf-8")
    own = "".join(f"<script>{each}</script>" for each in scripts)
    beside.write_text(text.replace("</body>", f"{own}{said}</body>"), encoding="utf-8")
    dom = browse("--virtual-time-budget=60000", "--dump-dom", beside.as_uri())
    return json.loads(html.document_fromstring(dom).get_element_by_id("told").text)


FRAME = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>x</title></head><body style="margin:0">
<iframe id="f" src="{address}" width="{wide}" height="900" style="border:0"></iframe></body></html>"""
OVER = """
var d=document.getElementById('f').contentDocument,w=d.documentElement.clientWidth;
var out=[].slice.call(d.querySelectorAll('main *,header *,footer *')).filter(function(e){
var r=e.getBoundingClientRect();return r.width>0&&r.right>w+1&&!e.closest('.scroll')});
tell({wide:w,page:d.documentElement.scrollWidth,out:out.slice(0,5).map(function(e){return e.outerHTML.slice(0,90)})})
"""


@pytest.mark.parametrize("wide", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_over_the_edge(written, browse, name, wide):
    frame = written[name].with_name(f"frame-{name}-{wide}.html")
    frame.write_text(FRAME.format(address=written[name].as_uri(), wide=wide), encoding="utf-8")
    program = ("--allow-file-access-from-files",)
    found = told(lambda *words: browse(*program, *words), frame, OVER)
    assert found["wide"] <= wide
    assert found["page"] <= found["wide"], found["out"]
    assert found["out"] == []


def test_it_prints_as_pages_without_the_offices_part(written, browse, tmp_path):
    import pypdfium2

    browse("--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'a.pdf'}", written["report"].as_uri())
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    texts = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    sizes = {tuple(round(side) for side in page.get_size()) for page in document}
    document.close()
    assert sizes == {(595, 842)}  # A4
    assert "指标对照" in "".join(texts)
    assert "本节只供核对" not in "".join(texts)
    assert all(texts)  # no empty sheet


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(written, browse, name):
    axe = os.environ.get("ZONGJIE_AXE")
    if not axe:
        pytest.skip("no ZONGJIE_AXE")
    if not Path(axe).is_file():
        missing("axe-core (npm install axe-core, then ZONGJIE_AXE=…/axe-core/axe.min.js)")
    ask = (
        "document.querySelectorAll('details').forEach(function(e,n){if(n<60)e.open=true});"
        "axe.run(document,{resultTypes:['violations']}).then(function(r){tell(r.violations.map(function(v){"
        "return [v.id,v.help,v.nodes.slice(0,3).map(function(n){return n.html.slice(0,160)})]}))})"
    )
    assert told(browse, written[name], ask, Path(axe).read_text(encoding="utf-8")) == []
