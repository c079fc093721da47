"""The city's plan as data: read from the published text, loaded from its JSON, mapped to a later edition.

`load_plan()` is the plan that comes with the program; `UnitTable` says which office of the district a city unit means.
Reading a text is rare: `reader.read_plan`, `build.build_plan`, `editions.next_edition`, imported from where they lie.
"""

from desktop.model.plan.highlight import Highlight, Piece, highlights, split_sentence
from desktop.model.plan.loading import load_plan
from desktop.model.plan.plan import Area, Edition, Entry, Goal, Indicator, Item, Part, Plan, Policy, Task
from desktop.model.plan.proposals import Office, Offices, Proposal
from desktop.model.plan.units import UnitRow, UnitTable, load_units
from desktop.model.plan.wire import dump_plan, parse_plan, plan_json

__all__ = [
    "Area",
    "Edition",
    "Entry",
    "Goal",
    "Highlight",
    "Indicator",
    "Item",
    "Office",
    "Offices",
    "Part",
    "Piece",
    "Plan",
    "Policy",
    "Proposal",
    "Task",
    "UnitRow",
    "UnitTable",
    "dump_plan",
    "highlights",
    "load_plan",
    "load_units",
    "parse_plan",
    "plan_json",
    "split_sentence",
]
