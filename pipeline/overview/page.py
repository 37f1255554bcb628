"""YearOverview -> index.html: one page that needs nothing else, nor a network; the same bytes for the same overview."""

from __future__ import annotations

import base64
import functools
import hashlib
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.overview.charts import charts
from pipeline.overview.year import DRAFT, FAULTY, PUBLISHED, READY, STATES, FileLink, YearOverview
from pipeline.problems import Kind
from pipeline.rendering.vietnamese import score

HERE = Path(__file__).parent
FORMATS = (("nha_nuoc", "Nhà nước"), ("dang", "Đảng"), ("doan", "Đoàn"))
COLUMNS = (
    ("stt", "STT", True),
    ("ten", "Đơn vị", False),
    ("dien", "Đã điền", True),
    ("van-de", "Vấn đề", True),
    ("tu-cham", "Tự chấm", True),
    ("tham-dinh", "Thẩm định", True),
    ("muc-cot", "Mức", False),
    ("ho-so", "Hồ sơ", False),
)


def page(overview: YearOverview) -> str:
    """Every value is escaped; only our own charts, style and script go in as they are."""
    regulation = overview.regulation
    levels = [(level.code, level.short) for level in regulation.heading.levels]
    style, script = ((HERE / name).read_text("utf-8") for name in ("page.css", "page.js"))
    environment = Environment(loader=FileSystemLoader(HERE), undefined=StrictUndefined, autoescape=True, trim_blocks=True)
    environment.filters["short"] = regulation.level_short
    return environment.get_template("page.html.j2").render(
        o=overview,
        style=Markup(style),
        script=Markup(script),
        style_hash=_source_hash(style),
        script_hash=_source_hash(script),
        states=STATES,
        state_order=(FAULTY, DRAFT, READY),
        published=PUBLISHED,
        kinds=Kind,
        levels=[(name, sum((u.official or u.level) == code for u in overview.units)) for code, name in [*levels, (None, "Chưa rõ mức")]],
        filters=(
            ("nhom", "Nhóm (Điều 2)", [(str(g.number), f"Nhóm {g.number}") for g in regulation.heading.groups]),
            ("theThuc", "Thể thức", FORMATS),
            ("muc", "Mức", [*levels, ("chua_ro", "Chưa rõ")]),
            ("trangThai", "Hồ sơ", list(STATES.items())),
        ),
        columns=COLUMNS,
        charts=charts(overview),
        score=score,
        short=regulation.level_short,
        rank=lambda level: regulation.rank(level) if level else "",
        links=_links,
    )


def _links(found: FileLink) -> Markup:
    """The document's name, and a link to each of its files that is there."""
    files = [(path, path.rpartition(".")[2].upper()) for path in (found.docx, found.pdf) if path]
    linked = Markup(", ").join(Markup('<a href="{}">{}</a>').format(quote(path), ending) for path, ending in files)
    return Markup("{}: {}").format(found.name, linked)


@functools.cache
def _source_hash(text: str) -> str:
    """What the page's own security policy lets run."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
