"""The QApplication: Fusion, our fonts and theme, Chinese for Qt's own dialogs, and no exception that hangs a slot."""

from __future__ import annotations

import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.model.errors import DeskError

from . import look
from .focus import FocusRing


def _explain(error: BaseException) -> tuple[str, str]:
    """One sentence for the clerk, and the details that go behind 详情."""
    if isinstance(error, DeskError):
        return str(error), ""
    details = "".join(traceback.format_exception(error))
    return "这一步没有做完，已保存的数据没有改动。请再试一次；仍不行时，把详情交给维护人员。", details


def install_hook() -> None:
    """Show any exception that reaches the event loop as a plain dialog; it never ends the program or stays silent."""
    busy: list[bool] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        words, details = _explain(error)
        if details:
            sys.stderr.write(details)
        if busy or QApplication.instance() is None:
            return
        busy.append(True)
        try:
            from .dialog import tell

            tell("这一步没有做完", words, details=details)
        finally:
            busy.clear()

    sys.excepthook = hook


def make_app(
    argv: list[str] | None = None, *, mode: str = "light", text: str = "标准", hook: bool = True
) -> QApplication:
    """The program's one QApplication, styled. Called twice it returns the same one, restyled.

    `hook=False` leaves `sys.excepthook` alone (tests watch it themselves).
    """
    app = QApplication.instance() or QApplication(argv if argv is not None else sys.argv)
    app.setStyle("Fusion")
    app.setApplicationName("两新工作台")
    app.setApplicationDisplayName("两新工作台")
    if not hasattr(app, "_desk"):
        QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        translator = QTranslator(app)
        if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(translator)
        app._desk = (translator, FocusRing(app))
        if hook:
            install_hook()
    look.apply(app, mode, text)
    return app
