"""The laws of the merge on random histories, and that breaking any of its rules is noticed."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

import desktop.model
from desktop.model.errors import Refused
from tests.model.exchange import histories, laws, offices

MODEL = Path(desktop.model.__file__).parent
ROOMS = {"registers": "registers.py", "merge": "merge.py", "merged": "merged.py", "preview": "exchange/preview.py"}
PLACES = [histories, laws, offices]  # who uses these rooms in a history


def test_laws_hold_in_random_histories() -> None:
    run_state_machine_as_test(
        histories.Exchange,
        settings=settings(
            max_examples=150, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.slow
def test_laws_hold_in_ten_thousand_histories() -> None:
    run_state_machine_as_test(
        histories.Exchange,
        settings=settings(
            max_examples=10_000, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


BROKEN = {
    "what the other has overwritten comes back": ("merge", "or not other.covers(said.stamp)", "or True"),
    "what the other has not seen is dropped": ("merge", "or not other.covers(said.stamp)", "or False"),
    "the vector stays mine": ("merge", "join(mine.vector, theirs.vector)", "mine.vector"),
    "an outside edit raises no vector": (
        "merge", "vector[stamp.replica] = 1\n    return Record(base", "return Record(base",
    ),
    "outside edits of one cell share a stamp": ("merge", "digest_replica(package, base.id, name, value)", "package"),
    "a ticked-off field is not written again": ("merge", "if values else merged", "if False else merged"),
    "a merge forgets mine": ("merge", "kept |= {said for said in theirs", "kept = {said for said in theirs"),
    "a local edit raises no vector": (
        "registers", "join(record.vector, {stamp.replica: stamp.counter})", "record.vector",
    ),
    "a delete has seen nothing": ("registers", "{DELETED: vector_text(record.vector)}", '{DELETED: "{}"}'),
    "a delete wins over every edit": ("registers", "Life.CONFLICT if unseen else Life.DELETED", "Life.DELETED"),
    "editing does not restore": ("registers", "if life(record) == Life.DELETED and DELETED not in", "if DELETED in"),
    "an edit leaves the old value": (
        "registers", "fields[name] = frozenset({Said(stamp, value, who, at, why)})\n    return",
        "fields[name] = frozenset({Said(stamp, value, who, at, why)}) | record.fields.get(name, frozenset())\n"
        "    return",
    ),
    "a ticked-off record is taken": ("preview", "if line.id in off:", "if False:"),
    "a ticked-off cell makes a stamp": ("preview", "in self.edit.changes.items() if name not in set(names)}",
                                        "in self.edit.changes.items()}"),
    "a link to a record that has not come is followed": ("merged", "if target in here and target", "if target"),
    "a circle of merged records ends where one starts": ("merged", "end = min(circle)", "end = circle[0]"),
}  # fmt: skip


def put_in(right: str, wrong: str, room: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The histories run on a copy of the merge in which one rule reads otherwise."""
    sources = {each: (MODEL / path).read_text(encoding="utf-8") for each, path in ROOMS.items()}
    assert right in sources[room]
    sources[room] = sources[room].replace(right, wrong)
    for each, source in sources.items():
        for other in ROOMS:
            source = source.replace(f"desktop.model.{other} import", f"broken_{other} import")
        module = types.ModuleType(f"broken_{each}")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(compile(source, f"broken_{each}", "exec"), module.__dict__)
        for place in PLACES:
            for known, what in list(place.__dict__.items()):
                if known in module.__dict__ and getattr(what, "__module__", "").startswith("desktop.model."):
                    monkeypatch.setattr(place, known, module.__dict__[known])


def run(examples: int) -> None:
    run_state_machine_as_test(
        histories.Exchange,
        settings=settings(
            max_examples=examples, stateful_step_count=30, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate], print_blob=False,
        ),
    )  # fmt: skip


@pytest.mark.slow
def test_a_copy_with_no_rule_broken_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    put_in("frozenset", "frozenset", "merge", monkeypatch)
    assert vars(histories)["merge"].__module__ == "broken_merge"
    run(300)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(BROKEN))
def test_a_rule_broken_on_purpose_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    room, right, wrong = BROKEN[name]
    put_in(right, wrong, room, monkeypatch)
    with pytest.raises((AssertionError, ValueError, Refused)):
        run(1500)
