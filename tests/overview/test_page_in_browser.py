"""index.html as a person uses it: search, sort, filters, keyboard, links, a narrow screen, paper; nothing on the console, nothing over a network."""

from __future__ import annotations

import base64
import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from urllib.parse import unquote, urlparse

import pypdfium2
import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from pipeline import assessing
from pipeline.glancing import look, write_page
from pipeline.places import PROJECT, Places
from pipeline.publishing import write_json
from pipeline.recording import PREDICATE
from tests.overview.browser import chromium


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The sample year with one appraisal's opinion taken away and one file broken; some files published (their content does not matter here)."""
    base = tmp_path_factory.mktemp("trang")
    shutil.copytree(PROJECT / "data", base / "data")
    found = Places(base / "data", base / "build", 2023)
    path = next(found.submissions.glob("43-*"))
    path.write_text(path.read_text("utf-8").replace("tu_nhan:", "tu_nhann:"), "utf-8")
    path = next(found.appraisals.glob("25-*"))
    path.write_text(re.sub(r"(?s)  hoi_dong_tdkt:.*?\n\n", "\n", path.read_text("utf-8")), "utf-8")
    folder = found.out / "26-so-tu-phap"
    folder.mkdir(parents=True)
    for name in ("ho-so.pdf", "2-bao-cao-tong-ket.docx", "2-bao-cao-tong-ket.pdf"):
        (folder / name).write_bytes(b"%PDF-1.7")
    document = {"key": "x", "docx": "x", "pdf": "x"}
    write_json(
        found.manifest,
        {"predicateType": PREDICATE, "predicate": {"ho_so": {"26-so-tu-phap": {"documents": {"2-bao-cao-tong-ket": document}}}}},
    )
    write_page(found, look(found, assessing.check(found)))
    return found


@pytest.fixture(scope="module")
def opened(places: Places) -> Iterator[WebDriver]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def browser(opened: WebDriver, places: Places) -> Iterator[WebDriver]:
    """The page anew; afterwards nothing may stand on the console and nothing may have been asked of a network."""
    opened.set_window_size(1280, 1000)
    opened.get("about:blank")
    opened.get(places.glance.resolve().as_uri())
    yield opened
    assert opened.get_log("browser") == []
    asked = [json.loads(entry["message"])["message"] for entry in opened.get_log("performance")]
    urls = {a["params"]["request"]["url"] for a in asked if a["method"] == "Network.requestWillBeSent"}
    assert {urlparse(url).scheme for url in urls} <= {"file", "about", "data", "chrome"}


def shown(browser: WebDriver, column: str = "ten") -> list[str]:
    """Values of the rows one sees, in order."""
    return list(
        browser.execute_script(
            f"return [...document.querySelectorAll('#bang tbody:not([hidden]) [data-cot=\"{column}\"]')].map((c) => c.dataset.gia)"
        )
    )


def sort(browser: WebDriver, column: str) -> str:
    head = browser.find_element(By.CSS_SELECTOR, f"thead th[data-cot='{column}']")
    head.find_element(By.TAG_NAME, "button").click()
    return str(head.get_attribute("aria-sort"))


def test_search_without_accents(browser: WebDriver) -> None:
    """Letters without marks, capitals, the code and the number of a unit find it; the count says how many are shown."""
    box = browser.find_element(By.ID, "tim")
    for words, expected in (
        ("so noi vu", ["Sở Nội vụ"]),
        ("SỞ NỘI VỤ", ["Sở Nội vụ"]),
        ("dang-doan-hdnd", ["Đảng đoàn Hội đồng nhân dân tỉnh"]),
        ("zzz", []),
    ):
        box.clear()
        box.send_keys(words)
        assert shown(browser) == expected
        assert browser.find_element(By.ID, "dang-hien").text == f"Đang hiện {len(expected)}/56 đơn vị."
    browser.find_element(By.ID, "bo-loc").click()
    assert len(shown(browser)) == 56 and browser.switch_to.active_element.get_attribute("id") == "tim"


LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")


def by_letters(name: str) -> tuple[list[int], list[int]]:
    """As a Vietnamese dictionary: space, hyphen, the 29 letters (ă after a, đ after d); tones only where the letters are the same."""
    letters, tones = [], []
    for letter in unicodedata.normalize("NFC", name.lower()):
        parts = unicodedata.normalize("NFD", letter)
        tone = next((t for t in TONES[1:] if t in parts), "")
        letters.append((" ,-".find(letter) + 1) or 10 + LETTERS.index(unicodedata.normalize("NFC", parts.replace(tone, ""))))
        tones.append(TONES.index(tone))
    return letters, tones


def test_sorting(browser: WebDriver) -> None:
    """Numbers as numbers, names as Vietnamese sorts them; what is not known stands last both ways; the heading says which way."""
    assert sort(browser, "tham-dinh") == "ascending"
    up = shown(browser, "tham-dinh")
    assert up[-1] == "" and up[:-1] == sorted(up[:-1], key=float)
    assert sort(browser, "tham-dinh") == "descending"
    down = shown(browser, "tham-dinh")
    assert down[-1] == "" and down[:-1] == sorted(up[:-1], key=float, reverse=True)
    sort(browser, "ten")
    names = shown(browser)
    assert names == sorted(names, key=by_letters) and names[0] == "Ban cán sự đảng Tòa án nhân dân tỉnh"
    assert sort(browser, "ten") == "descending" and shown(browser) == names[::-1]
    sort(browser, "chinh-thuc")
    levels = browser.execute_script(
        "return [...document.querySelectorAll('#bang tbody [data-cot=\"chinh-thuc\"]')].map((c) => c.textContent)"
    )
    assert [name for name, _ in groupby(levels)] == ["Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành"]
    sort(browser, "stt")
    assert shown(browser, "stt") == [str(n) for n in range(1, 57)]


@pytest.mark.parametrize(
    ("filter_", "value", "column", "many"),
    [
        ("nhom", "3", "stt", 4),
        ("theThuc", "doan", "stt", 1),
        ("muc", "xuat_sac", "stt", 8),
        ("trangThai", "loi", "stt", 1),
        ("banLap", "cu", "stt", 1),
    ],
)
def test_filters(browser: WebDriver, filter_: str, value: str, column: str, many: int) -> None:
    """Each filter alone; with a second one only what fits both; the address keeps the choice for whoever is sent it."""
    Select(browser.find_element(By.ID, filter_)).select_by_value(value)
    assert len(shown(browser, column)) == many
    address = browser.current_url
    browser.get("about:blank")
    browser.get(address)
    assert len(shown(browser, column)) == many
    browser.find_element(By.ID, "tim").send_keys("khong co don vi nay")
    assert shown(browser, column) == []


def test_filters_together(browser: WebDriver) -> None:
    """Only what fits all of them, in the order asked for; one button ends it."""
    Select(browser.find_element(By.ID, "nhom")).select_by_value("4")
    Select(browser.find_element(By.ID, "muc")).select_by_value("xuat_sac")
    browser.find_element(By.ID, "tim").send_keys("so ")
    sort(browser, "tham-dinh")
    assert shown(browser) == ["Sở Giáo dục và Đào tạo", "Sở Tài chính", "Sở Kế hoạch và Đầu tư", "Sở Nội vụ"]
    assert browser.find_element(By.ID, "dang-hien").text == "Đang hiện 4/56 đơn vị."
    browser.find_element(By.ID, "bo-loc").click()
    assert len(shown(browser)) == 56 and "#" not in browser.current_url


def test_keyboard(browser: WebDriver) -> None:
    """From the top by Tab alone: the way past everything first, then search, filters, headings; Enter sorts, and details open; focus can be seen."""
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    assert browser.switch_to.active_element.text == "Đến bảng đơn vị"
    seen = []
    for _ in range(40):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        now = browser.switch_to.active_element
        seen.append(now.get_attribute("id") or now.text.strip() or now.tag_name)
        if now.tag_name == "button" and now.text.strip().startswith("Thẩm định"):
            assert now.value_of_css_property("outline-style") == "solid"
            now.send_keys(Keys.ENTER)
            break
    assert [name for name in seen if name in ("tim", "nhom", "theThuc", "muc", "trangThai", "banLap", "bo-loc")] == [
        "tim",
        "nhom",
        "theThuc",
        "muc",
        "trangThai",
        "banLap",
        "bo-loc",
    ]
    assert browser.find_element(By.CSS_SELECTOR, "th[data-cot='tham-dinh']").get_attribute("aria-sort") == "ascending"
    summary = browser.find_element(By.CSS_SELECTOR, "#so-noi-vu summary")
    summary.send_keys(Keys.SPACE)
    assert "Còn thiếu ý kiến của Hội đồng Thi đua - Khen thưởng tỉnh" in browser.find_element(By.ID, "so-noi-vu").text


def test_what_is_missing_is_told(browser: WebDriver) -> None:
    """The broken file with line and column; who still owes an opinion, in the table of bodies too."""
    browser.execute_script("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    assert "có phải ý bạn là «tu_nhan»?" in browser.find_element(By.ID, "ban-dan-toc").text
    assert re.search(r"43-ban-dan-toc\.yaml:\d+:\d+: lỗi:", browser.find_element(By.ID, "ban-dan-toc").text)
    told = " ".join(browser.find_element(By.TAG_NAME, "table").text.split())
    name = "Hội đồng Thi đua - Khen thưởng tỉnh"
    assert f"{name} 56 55 0 1 đơn vị chưa có ý kiến của {name} Sở Nội vụ" in told


@pytest.mark.parametrize(("width", "least"), [(1280, 900), (390, 280)])
def test_details_can_be_read(browser: WebDriver, width: int, least: int) -> None:
    """What a unit's name opens has room for a sentence, wherever the table is scrolled to; closed again it is gone."""
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
    try:
        name = browser.find_element(By.CSS_SELECTOR, "#ban-dan-toc summary")
        name.send_keys(Keys.ENTER)
        line = browser.find_element(By.CSS_SELECTOR, "#ban-dan-toc .chi-tiet li")
        frame = browser.find_element(By.CSS_SELECTOR, "#don-vi ~ .khung")
        for left in (0, 10_000):
            browser.execute_script("arguments[0].scrollLeft = arguments[1]", frame, left)
            box, head = line.rect, name.rect
            assert line.is_displayed() and box["width"] >= least and 0 <= box["x"] and box["x"] + box["width"] <= width
            assert 0 <= head["x"] < width / 2
        name.send_keys(Keys.ENTER)
        assert not line.is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_links_lead_to_files(browser: WebDriver, places: Places) -> None:
    """Every link of the page is a file that is there, below the page's folder."""
    links = [a.get_attribute("href") or "" for a in browser.find_elements(By.CSS_SELECTOR, "main a")]
    files = [Path(unquote(urlparse(link).path)) for link in links]
    assert len(files) == 3 and all(f.is_file() and f.is_relative_to(places.out.resolve()) for f in files)


def test_narrow_screen(browser: WebDriver) -> None:
    """On a phone the page itself never scrolls sideways; the table does, its names stay."""
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True})
    try:
        width, frame = browser.execute_script(
            "return [document.documentElement.scrollWidth, document.querySelector('#don-vi ~ .khung').scrollWidth]"
        )
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert width <= 390 < frame


def test_on_paper(browser: WebDriver) -> None:
    """A4, the heads on every page the table goes on to, details open, no filters."""
    made = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
    document = pypdfium2.PdfDocument(base64.b64decode(made["data"]))
    texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    assert {tuple(round(side) for side in page.get_size()) for page in document} == {(842, 595)}
    assert "Bỏ lọc" not in " ".join(texts) and "có phải ý bạn là" in " ".join(texts)
    pages = [text for text in texts if re.search(r"\d\d,\d\d \d\d,\d\d (Tốt|Xuất sắc)", text)]
    assert len(pages) >= 2 and all("Tự chấm" in text and "Thẩm định" in text for text in pages)
    charts = [(text, title) for text in texts for title in ("Mức xếp loại theo nhóm", "Điểm tự chấm theo nhóm") if title in text]
    assert len(charts) == 2 and all("Nhóm 5 (6 đơn vị)" in text for text, _ in charts)
    assert "Chưa có tài liệu" not in " ".join(texts)
    assert browser.find_elements(By.CSS_SELECTOR, "details[open]") == []


def test_without_script(opened: WebDriver, places: Places) -> None:
    """All rows are there, no filter is promised that would not work."""
    opened.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened.get(places.glance.resolve().as_uri())
        assert len([row for row in opened.find_elements(By.CSS_SELECTOR, "#bang tbody") if row.is_displayed()]) == 56
        assert not opened.find_element(By.ID, "tim").is_displayed()
    finally:
        opened.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
