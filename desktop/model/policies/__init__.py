"""Policies that compute: rules as data, a small evaluator, answers with their reasons."""

from desktop.model.policies.gathering import Case, Missing
from desktop.model.policies.loading import built_in_folder, load_rule, load_rules
from desktop.model.policies.matching import Match, match, match_all, reasons_to_apply
from desktop.model.policies.result import NOTE, OUT_OF_DATES, Award, CapUse, Result, Step
from desktop.model.policies.rules import STATUSES, Rule, Rules
from desktop.model.policies.subsidy import subsidy

__all__ = [
    "NOTE",
    "OUT_OF_DATES",
    "STATUSES",
    "Award",
    "CapUse",
    "Case",
    "Match",
    "Missing",
    "Result",
    "Rule",
    "Rules",
    "Step",
    "built_in_folder",
    "load_rule",
    "load_rules",
    "match",
    "match_all",
    "reasons_to_apply",
    "subsidy",
]
