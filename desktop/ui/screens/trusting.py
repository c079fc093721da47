"""Taking the city's root certificates, registers and revocation lists: the same question and answer on two screens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.actions.trust import KINDS, Kept, add
from desktop.model.errors import DeskError

from ..frame import Frame
from ..kit.dialog import inform

FILTER = "根证书、登记表、吊销清单 (*.pem *.crl *.crt *.cer *.json);;所有文件 (*)"


def ask_trust_files(title: str, parent: QWidget) -> list[Path]:
    """What a person picks; empty when none."""
    paths, _ = QFileDialog.getOpenFileNames(parent, title, str(Path.home()), FILTER)
    return [Path(path) for path in paths]


def take_trust_files(frame: Frame, paths: Sequence[Path], taken: Callable[[], None], parent: QWidget) -> None:
    """Take files and say which; a new root's fingerprint is shown to be compared. `taken()` is called afterwards."""

    def done(kept: list[Kept]) -> None:
        roots = [each for each in kept if each.kind == "root" and each.new]
        if roots:
            words = "\n".join(f"{each.name}\n{each.fingerprint}" for each in roots)
            inform("请与发证单位核对根证书的指纹", words, parent)
        said = "、".join(f"{KINDS[each.kind]}{f'第{each.number}号' if each.number else ''}" for each in kept)
        frame.say(f"已收下{said}")
        taken()

    def failed(error: DeskError) -> None:
        frame.fail(str(error))

    frame.ask(lambda desk: add(desk, paths), done, failed, "正在核对")
