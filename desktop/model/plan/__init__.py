"""The city's plan as data: read from the published text, loaded from its JSON, mapped to a later edition.

`load_plan()` is the plan that comes with the program; `UnitTable` says which office of the district a city unit means.
"""

from desktop.model.plan.editions import NextEdition, next_edition
from desktop.model.plan.highlight import Highlight, Piece, highlights, split_sentence
from desktop.model.plan.loading import build_plan, load_plan
from desktop.model.plan.plan import Area, Edition, Entry, Goal, Indicator, Item, Part, Plan, Policy, Task
from desktop.model.plan.proposals import Office, Offices, Proposal
from desktop.model.plan.reader import read_plan
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
    "NextEdition",
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
    "build_plan",
    "dump_plan",
    "highlights",
    "load_plan",
    "load_units",
    "next_edition",
    "parse_plan",
    "plan_json",
    "read_plan",
    "split_sentence",
]
