"""A record that two offices merged into different ones reads by names, in the preview and among the conflicts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.actions import exchange, merging
from desktop.actions.desk import Desk
from desktop.model.registers import MERGED
from desktop.ui.screens.conflicts.wording import settle, waiting
from desktop.ui.screens.exchange.choices import THEIRS, Decision
from desktop.ui.screens.exchange.wording import describe
from tests.conftest import enterprise


def test_where_a_record_went_reads_by_name(office: Callable[..., Desk], tmp_path: Path) -> None:
    here = office("here", office="甲科")
    gone, one, other = (enterprise(here, name) for name in ("云帆（示例）厂", "云帆重工", "云帆机械"))
    exchange.export(here, tmp_path / "1.xlsx")
    there = office("there", office="乙科")
    exchange.apply(there, exchange.read(there, tmp_path / "1.xlsx"), accept_peer=True)
    merging.merge_records(here, "enterprise", gone, one, "同一家")
    merging.merge_records(there, "enterprise", gone, other, "同一家")
    exchange.export(there, tmp_path / "2.xlsx")
    read = exchange.read(here, tmp_path / "2.xlsx")

    previewed = next(group for group in describe(here, read).groups if group.id == gone)
    exchange.apply(here, read, accept_peer=True)
    (listed,) = waiting(here).groups
    for group in (previewed, listed):
        line = next(each for each in group.rows if each.field == MERGED)
        assert (line.label, line.mine, line.theirs) == ("并入", "云帆重工", ("云帆机械",)), group

    settle(here, {(gone, MERGED): ("enterprise", Decision(THEIRS, other, "云帆机械"))}, "核对过")
    assert not waiting(here).groups
    assert here.store.records.merged.root(gone) == other
