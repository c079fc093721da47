"""The two faces of the program: Noto Serif SC (`serif`, 宋体) and Noto Sans SC (`sans`, 黑体 and figures).

Qt takes the OpenType files as they come. Pages and signatures need TrueType outlines, which are made once from the
same files and kept in a cache; `python -m desktop.pdf.fonts` makes them.
"""

from desktop.pdf.fonts.load import Face, FontNames, covers, faces, register
from desktop.pdf.fonts.paths import FACES, cache_folder, otf_paths, ttf_paths
from desktop.pdf.fonts.subset import subset_for

__all__ = [
    "FACES",
    "Face",
    "FontNames",
    "cache_folder",
    "covers",
    "faces",
    "otf_paths",
    "register",
    "subset_for",
    "ttf_paths",
]
