"""Looking at a PDF through other programs than the one that wrote it."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path


def run(pdf: bytes, *command: str) -> str:
    """The output of a poppler tool; {} in the command stands for the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        path.write_bytes(pdf)
        done = subprocess.run(
            [part.replace("{}", str(path)) for part in command], capture_output=True, check=True, timeout=60
        )
        return done.stdout.decode("utf-8")


def text(pdf: bytes, *options: str) -> str:
    return run(pdf, "pdftotext", *options, "{}", "-")


def solid(pdf: bytes) -> str:
    """All text without blanks and line ends, in the order in which it was drawn."""
    return "".join(text(pdf, "-raw").split())


def words(pdf: bytes) -> list[tuple[float, float, float, float, str]]:
    """xMin, yMin, xMax, yMax and text of each word on all pages, in points from the top left."""
    import re

    found = re.findall(
        r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>', text(pdf, "-bbox")
    )
    return [(float(a), float(b), float(c), float(d), word) for a, b, c, d, word in found]


def grey(pdf: bytes, page: int, dpi: int) -> tuple[int, int, bytes]:
    """One page as a picture: width, height, one byte per pixel."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        path.write_bytes(pdf)
        subprocess.run(
            ["pdftoppm", "-gray", "-r", str(dpi), "-f", str(page), "-l", str(page), str(path), f"{folder}/p"],
            check=True,
            timeout=60,
        )
        raw = next(Path(folder).glob("p*.pgm")).read_bytes()
    _, size, _, _ = raw.split(b"\n", 3)[0], raw.split(b"\n", 3)[1], raw.split(b"\n", 3)[2], None
    width, height = map(int, size.split())
    return width, height, raw[-width * height :]
