"""The whole main job on the invented district, without a window: log, exchange, conflict, print, sign, check."""

from desktop.actions.tour.going import Toured, tour

__all__ = ["Toured", "tour"]
