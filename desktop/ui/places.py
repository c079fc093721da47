"""The places of the rail, one line each. A place is in the rail when it is in this list, and only then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from PySide6.QtWidgets import QWidget

from .frame import Frame

Factory = Callable[[Frame], QWidget]


@dataclass(frozen=True)
class Place:
    """`key` names it, `group` 0 to 3 from the top, -1 the tools at the bottom; `forms` are shown there as records.

    A factory makes the page at the first visit. A page may have `entered()`, `may_leave()`, `panes()`,
    `open_record(form, id, start)`, `shots() -> list[(name, callable)]` (states for the pictures).
    """

    key: str
    label: str
    icon: str
    group: int
    factory: Factory
    forms: tuple[str, ...] = ()
    keys: str = ""  # an action of the kit's key table, shown beside a tool
    city: bool = False  # only in the city's folder


def lazy(module: str, name: str, *given: object) -> Factory:
    """A factory whose module is imported at the first visit: `lazy("home.page", "HomePage")`."""

    def make(frame: Frame) -> QWidget:
        page: QWidget = getattr(import_module(f"desktop.ui.screens.{module}"), name)(frame, *given)
        return page

    return make


def listed(form: str) -> Factory:
    return lazy("lists.place", "ListPlace", form)


INDICATOR = ("indicator", "measure", "target")
PLACES = [
    Place("home", "首页", "house", 0, lazy("home.page", "HomePage")),
    Place("tasks", "任务台账", "list-checks", 1, lazy("tasks.place", "TasksPlace"), ("assignment",)),
    Place("progress", "进展填报", "clipboard-list", 1, listed("progress"), ("progress",)),
    Place("rounds", "下发收回", "clipboard-check", 1, lazy("rounds.place", "RoundsPlace")),
    Place("indicators", "指标", "chart-line", 1, lazy("indicators.place", "IndicatorsPlace"), INDICATOR),
    Place("problems", "难点问题", "circle-alert", 1, listed("problem"), ("problem",)),
    Place("projects", "项目清单", "layout-list", 2, listed("project"), ("project", "equipment", "project_month")),
    Place("batches", "申报批次", "layers", 2, lazy("batches.place", "BatchPlace"), ("batch",)),
    Place("enterprises", "企业", "building-2", 2, listed("enterprise"), ("enterprise",)),
    Place("sites", "回收网点", "recycle", 2, listed("site"), ("site", "site_month")),
    Place("dispatch", "月调度", "grid-2x2", 2, lazy("dispatch.place", "DispatchPlace")),
    Place("policies", "政策测算", "calculator", 3, lazy("policies.place", "PolicyPlace"), ("policy", "lpr")),
    Place("claims", "补贴申报", "hand-coins", 3, lazy("claims.place", "ClaimPlace"), ("claim",)),
    Place("exchange", "导入导出", "arrow-left-right", 3, lazy("exchange.page", "ExchangePlace")),
    Place("conflicts", "冲突", "git-compare-arrows", 3, lazy("conflicts.page", "ConflictsPlace")),
    Place("submissions", "报送", "send", 3, lazy("submissions.page", "SubmissionsPlace")),
    Place("city", "区县报送", "inbox", 3, lazy("city.page", "CityPlace"), city=True),
    Place("verify", "核对签名", "shield-check", 3, lazy("verify.page", "VerifyPlace")),
    Place("deleted", "已删除", "trash-2", -1, lazy("deleted.page", "DeletedPage")),
    Place("settings", "设置", "settings", -1, lazy("settings.page", "SettingsPage")),
    Place("help", "帮助", "circle-question-mark", -1, lazy("help.page", "HelpPage"), keys="help"),
]
