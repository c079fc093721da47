"""The practice district 示例区: invented from end to end, kept apart from real data, marked 练习 on every page."""

from desktop.actions.practice.clock import TODAY, at
from desktop.actions.practice.disagreement import disagree
from desktop.actions.practice.filling import fill
from desktop.actions.practice.making import ACCOUNT, ADMIN, PASSWORD, REVIEWER, make_practice

__all__ = ["ACCOUNT", "ADMIN", "PASSWORD", "REVIEWER", "TODAY", "at", "disagree", "fill", "make_practice"]
