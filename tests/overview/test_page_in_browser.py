"""index.html as a person uses it: search, sort, filters, keyboard, links, a narrow screen, paper; nothing on the console, nothing over a network."""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlparse

import pypdfium2
import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from pipeline import dossiers
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
    write_page(found, look(found, dossiers.check(found)))
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
            f"return [...document.querySelectorAll('#bang tbody tr:not([hidden]) [data-cot=\"{column}\"]')].map((c) => c.dataset.gia)"
        )
    )


def sort(browser: WebDriver, column: str) -> str:
    head = browser.find_element(By.CSS_SELECTOR, f"th[data-cot='{column}']")
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
    assert names.index("Báo Bắc Giang") > names.index("Ban Văn hóa - Xã hội") and names.index("Đảng đoàn Hội Nông dân tỉnh") > names.index(
        "Ban Pháp chế"
    )
    assert names[0].startswith("Ba") and names[-1].startswith(("Văn", "Viện", "Ủy", "Vă"))
    sort(browser, "stt")
    assert shown(browser, "stt") == [str(n) for n in range(1, 57)]


@pytest.mark.parametrize(
    ("filter_", "value", "column", "many"),
    [("nhom", "3", "stt", 4), ("theThuc", "doan", "stt", 1), ("muc", "xuat_sac", "stt", 8), ("trangThai", "loi", "stt", 1)],
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
    assert [name for name in seen if name in ("tim", "nhom", "theThuc", "muc", "trangThai", "bo-loc")] == [
        "tim",
        "nhom",
        "theThuc",
        "muc",
        "trangThai",
        "bo-loc",
    ]
    assert browser.find_element(By.CSS_SELECTOR, "th[data-cot='tham-dinh']").get_attribute("aria-sort") == "ascending"
    summary = browser.find_element(By.CSS_SELECTOR, "#so-noi-vu summary")
    summary.send_keys(Keys.SPACE)
    assert "Còn thiếu ý kiến của Hội đồng Thi đua - Khen thưởng tỉnh" in browser.find_element(By.CSS_SELECTOR, "#so-noi-vu details").text


def test_what_is_missing_is_told(browser: WebDriver) -> None:
    """The broken file with line and column; who still owes an opinion, in the table of bodies too."""
    browser.execute_script("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    assert "có phải ý bạn là «tu_nhan»?" in browser.find_element(By.ID, "ban-dan-toc").text
    assert re.search(r"43-ban-dan-toc\.yaml:\d+:\d+: lỗi:", browser.find_element(By.ID, "ban-dan-toc").text)
    assert "Hội đồng Thi đua - Khen thưởng tỉnh 55 56" in browser.find_element(By.TAG_NAME, "table").text


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


def test_without_script(opened: WebDriver, places: Places) -> None:
    """All rows are there, no filter is promised that would not work."""
    opened.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened.get(places.glance.resolve().as_uri())
        assert len([row for row in opened.find_elements(By.CSS_SELECTOR, "#bang tbody tr") if row.is_displayed()]) == 56
        assert not opened.find_element(By.ID, "tim").is_displayed()
    finally:
        opened.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
