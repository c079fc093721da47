"""An authority's papers, and the steps from a draft to a signed file and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.actions import authority, receipts, submissions
from desktop.actions.desk import Desk
from desktop.store.accounts import ROLES, Account
from desktop.store.submissions import Submission
from tests.conftest import REVIEWER

SECRET = "证书口令一二三"


@dataclass
class Papers:
    """An authority: what it publishes, a district's certificate, the city's for receipts."""

    folder: Path

    @property
    def published(self) -> list[Path]:
        return [self.folder / each for each in authority.FILES]

    def copy(self, name: str, to: Path) -> Path:
        to.write_bytes((self.folder / name).read_bytes())
        return to


def issued(desk: Desk, made: Submission | None = None) -> Submission:
    """A project list prepared, reviewed by another person, and issued."""
    if made is None:
        made = submissions.prepare(desk, "project-list", period="2026-11")
    submissions.review(Desk(desk.store, Account(REVIEWER, tuple(ROLES))), made.id)
    return submissions.issue(desk, made.id)


def signed(desk: Desk, papers: Papers, out: Path, made: Submission | None = None) -> Submission:
    opener = submissions.file_key(papers.folder / "submit.p12", SECRET)
    return submissions.submit(desk, issued(desk, made).id, opener, out)


def answer(town: Desk, papers: Papers, digest: str, out: Path, verdict: str = "accepted", *reasons: str) -> Path:
    opener = submissions.file_key(papers.folder / "receipt.p12", SECRET)
    return receipts.make(town, digest, verdict, list(reasons), opener, out).path
