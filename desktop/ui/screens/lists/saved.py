"""另存视图: what a list shows now, kept under a name as a tab of its own."""

from __future__ import annotations

from typing import Any

from desktop.actions.views import View, drop_view, keep_view, views

from ...kit.dialog import ask, ask_text
from ...kit.tabs import Tab
from .columns import default_names

PREFIX = "saved "


class Saved:
    """A part of `ListPage`, which it is mixed into. `kept` are the saved views, `here` the one shown, or ""."""

    def _saved_tabs(self) -> list[Tab]:
        return [Tab(PREFIX + each.name, each.name) for each in self.kept]

    def _saved_button(self) -> None:
        """The verb that fits: keep what is shown, or forget the saved view one is in."""
        stirred = self.conditions or self.sort or self.find.value() or self.names != default_names(self.form)
        self.keep.set_words("删除视图" if self.here else "另存视图")
        self.keep.setVisible(bool(self.here or stirred))

    def load_views(self) -> None:
        form = self.form.name
        self.frame.ask(lambda desk: views(desk, form), self._have_views)

    def _have_views(self, kept: list[View]) -> None:
        self.kept = kept
        if self.listing is not None:
            self._tabs(self.listing)

    def show_view(self, name: str) -> None:
        """Conditions, columns and order of a saved view."""
        view = next((each for each in self.kept if each.name == name), None)
        if view is None:
            return
        self.here = name
        self.conditions = {f"{each.field}.{each.op}": each for each in view.conditions}
        self.names, self.sort, self.view = view.columns or default_names(self.form), view.order, view.view
        self.find.set_value(view.search)
        self.reload()

    def save_view(self) -> None:
        """Ask for a name and keep what is shown; in a saved view, forget it."""
        form = self.form.name
        if self.here:
            name = self.here
            if ask(f"删除视图“{name}”？", "只删视图，记录不动。", verb="删除视图", parent=self.window()):
                self.here = ""
                self.frame.ask(lambda desk: drop_view(desk, form, name), self._have_views, self._fail)
            return
        name = ask_text(
            "另存视图", "条件、列和排序会存在这个账号下，不随工作簿带走。", "名称", verb="另存", parent=self.window()
        )
        if name is None:
            return
        view = View(
            name.strip(),
            list(self.conditions.values()),
            list(self.names),
            self.sort,
            self.find.value() or "",
            self.view,
        )

        def done(kept: Any) -> None:
            self.here = view.name
            self._have_views(kept)

        self.frame.ask(lambda desk: keep_view(desk, form, view), done, self._fail)
