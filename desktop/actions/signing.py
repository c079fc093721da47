"""Several issued submissions signed in one go: the certificate's password or the token's PIN is asked for once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.actions import submissions
from desktop.actions.delivery import file_name
from desktop.actions.desk import Desk, needs
from desktop.actions.submissions import KeyOpener
from desktop.excel.stick import deliver
from desktop.model.errors import DeskError, Refused
from desktop.store.submissions import Submission

Progress = Callable[[int, int, str], bool]  # files done, of how many, the name of the next; False stops


@dataclass(frozen=True)
class SignedFile:
    """One of several. `fault` says why it was not signed or not written, "" when all went well."""

    submission: str
    data_digest: str
    file: str
    sha256: str = ""
    fault: str = ""


@needs("issue")
def submit_many(
    desk: Desk, identities: Sequence[str], opener: KeyOpener, folder: Path, progress: Progress | None = None
) -> list[SignedFile]:
    """Sign issued submissions with one opened key into a folder, each under its own name; the answers in their order.

    Every one is looked at before the key is opened: one that cannot be signed refuses all, with its reason. After
    that each stands by itself: what was signed stays signed when a later one fails or is stopped.
    """
    wanted = list(dict.fromkeys(identities))
    if not wanted:
        raise Refused("没有选要签名的报送，请至少选一份")
    if not folder.is_dir():
        raise Refused(f"找不到文件夹 {folder}，一份也没有签。请插好 U 盘，核对路径")
    found = [submissions.find(desk, each) for each in wanted]
    _all_ready(desk, found)
    answers: list[SignedFile] = []
    with opener() as key:
        for place, one in enumerate(found):
            name = file_name(desk, one)
            if progress is not None and not progress(place, len(found), name):
                break
            try:
                done = one
                if one.state == "issued":
                    submissions.in_line(desk, one)
                    done = submissions.signed_with(desk, one, key)
                assert done.pdf is not None
                sha256 = deliver(folder / name, done.pdf)
                answers.append(SignedFile(one.id, one.data_digest, name, sha256))
            except DeskError as error:
                answers.append(SignedFile(one.id, one.data_digest, name, fault=str(error)))
    left = found[len(answers) :]
    return answers + [SignedFile(one.id, one.data_digest, file_name(desk, one), fault="已取消，没有签") for one in left]


def _all_ready(desk: Desk, found: Sequence[Submission]) -> None:
    faults: list[dict[str, object]] = []
    lines: set[tuple[str, str | None, str]] = set()
    for one in found:
        line = (one.form, one.record, one.unit)
        try:
            if one.state not in ("issued", "signed"):
                raise Refused(f"“{submissions.STATES[one.state]}”的不能签名，只签已签发的")
            if one.state == "issued":
                if line in lines:
                    raise Refused("同一种表选了两份，前后要接上，请一份签完再签下一份")
                lines.add(line)
                submissions.in_line(desk, one)
        except Refused as error:
            title = submissions.title_of(one)
            faults.append({"submission": one.id, "message": f"{title} {one.period}：{error}"})
    if faults:
        rest = f"（共 {len(faults)} 份）" if len(faults) > 1 else ""
        raise Refused(f"一份也没有签。{faults[0]['message']}{rest}", faults)
