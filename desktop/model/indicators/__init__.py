"""The arithmetic of indicators: figures by period, targets, pace, projection, split. Exact fractions, no float.

| kind | the figure of a period is | judged against |
|---|---|---|
| cumulative 累计 | the total since the start, typed or added up | a line from the base to the target year's end |
| yearly 年度 | the total of that year so far, typed or added up | the year's target × the share of the year gone |
| growth 较基年增长 | (amount − base) ÷ base in %, typed or worked out | a line from 0 at the base year's end |
| share 比例 | a rate, typed or part ÷ whole, in % | a line from the base to the target year's end |
| at_most 不高于 | as share, lower is better | the same line, from above |
| qualitative 定性 | words and a judgement | the judgement |
"""

from desktop.model.indicators.book import Book, Compared
from desktop.model.indicators.derived import RULES, Derived, derive
from desktop.model.indicators.facts import Definition, Reading, Target, definition, reading, target
from desktop.model.indicators.figures import Figure, figures
from desktop.model.indicators.numbers import exact, shown
from desktop.model.indicators.split import Split, splits
from desktop.model.indicators.standing import STATES, Closed, Standing, standing

__all__ = [
    "RULES", "STATES", "Book", "Closed", "Compared", "Definition", "Derived", "Figure", "Reading", "Split", "Standing",
    "Target", "definition", "derive", "exact", "figures", "reading", "shown", "splits", "standing", "target",
]  # fmt: skip
