"""Bars, lines and words with their places in tenths of a millimetre -> a grey picture of 300 dots per inch, as PNG bytes.

Black, white, one grey and three patterns, so that a black-and-white printer keeps them apart. Whole numbers only; no transparency.
"""

from __future__ import annotations

import functools
import io
from enum import Enum

from PIL import Image, ImageDraw, ImageFont

from pipeline.fonts import FACES, font_file

DPI = 300
BLACK, GREY, WHITE = 0, 205, 255
PITCH = 14  # dots from one stripe to the next
POINTS = 10


class Shade(Enum):
    """A solid tone, or which dots of a square of PITCH are black."""

    BLACK = "black"
    STRIPES = "stripes"
    GREY = "grey"
    CROSSED = "crossed"
    WHITE = "white"


def dots(tenths: int) -> int:
    """Tenths of a millimetre as dots of the picture: one inch is 254 of them."""
    return tenths * DPI // 254


def tenths(count: int) -> int:
    return -(-count * 254 // DPI)


@functools.cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    # the basic layout draws the same letters on every machine; the other one depends on a library of the system
    return ImageFont.truetype(str(font_file(FACES["Dam" if bold else "Thuong"])), POINTS * DPI // 72, layout_engine=ImageFont.Layout.BASIC)


@functools.cache
def _tile(shade: Shade) -> Image.Image:
    tile = Image.new("L", (PITCH, PITCH), {Shade.BLACK: BLACK, Shade.GREY: GREY}.get(shade, WHITE))
    for x in range(PITCH):
        for y in range(PITCH):
            rising, falling = (x + y) % PITCH < 4, (x - y) % PITCH < 2 or (x + y) % PITCH < 2
            if (shade is Shade.STRIPES and rising) or (shade is Shade.CROSSED and falling):
                tile.putpixel((x, y), BLACK)
    return tile


class Pen:
    """A white sheet; `anchor` is Pillow's: l, m, r across and t, m, b down."""

    def __init__(self, width: int, height: int) -> None:
        self.image = Image.new("L", (dots(width), dots(height)), WHITE)
        self.draw = ImageDraw.Draw(self.image)

    def box(self, left: int, top: int, right: int, bottom: int, shade: Shade) -> None:
        """Filled and outlined."""
        corners = (dots(left), dots(top), dots(right), dots(bottom))
        size = (max(corners[2] - corners[0], 1), max(corners[3] - corners[1], 1))
        area, tile = Image.new("L", size, WHITE), _tile(shade)
        for x in range(0, size[0], PITCH):
            for y in range(0, size[1], PITCH):
                area.paste(tile, (x, y))
        self.image.paste(area, corners[:2])
        self.draw.rectangle(corners, outline=BLACK, width=3)

    def disc(self, x: int, y: int, radius: int, shade: Shade) -> None:
        box = (dots(x - radius), dots(y - radius), dots(x + radius), dots(y + radius))
        self.draw.ellipse(box, fill={Shade.BLACK: BLACK, Shade.GREY: GREY}.get(shade, WHITE), outline=BLACK, width=4)

    def line(self, start: tuple[int, int], end: tuple[int, int], width: int = 2, tone: int = BLACK, dash: int = 0) -> None:
        """Straight across or straight down; `dash` in tenths of a millimetre, 0 = unbroken."""
        (x1, y1), (x2, y2) = start, end
        if not dash:
            self.draw.line((dots(x1), dots(y1), dots(x2), dots(y2)), fill=tone, width=width)
            return
        for at in range(0, max(x2 - x1, y2 - y1), 2 * dash):
            x, y = (x1 + at, y1) if y1 == y2 else (x1, y1 + at)
            self.line((x, y), (min(x + dash, x2), y) if y1 == y2 else (x, min(y + dash, y2)), width, tone)

    def text(self, x: int, y: int, words: str, anchor: str = "lm", bold: bool = False, on_white: bool = False) -> None:
        """`on_white`: over a pattern, on a white patch."""
        place, font = (dots(x), dots(y)), _font(bold)
        if on_white:
            left, top, right, bottom = self.draw.textbbox(place, words, font=font, anchor=anchor)
            self.draw.rectangle((left - 5, top - 4, right + 5, bottom + 4), fill=WHITE)
        self.draw.text(place, words, fill=BLACK, font=font, anchor=anchor)

    def text_on_black(self, x: int, y: int, words: str) -> None:
        self.draw.text((dots(x), dots(y)), words, fill=WHITE, font=_font(True), anchor="mm")

    def png(self) -> bytes:
        buffer = io.BytesIO()
        self.image.save(buffer, "PNG", dpi=(DPI, DPI))
        return buffer.getvalue()


def width_of(words: str, bold: bool = False) -> int:
    """Tenths of a millimetre, rounded up."""
    left, _, right, _ = _font(bold).getbbox(words)
    return tenths(int(right) - int(left) + 1)


def wrapped(words: str, width: int) -> list[str]:
    """Lines no wider than `width`, as far as single words allow."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
