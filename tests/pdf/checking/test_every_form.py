"""Our own files: every printed form with the practice district's data, and two hundred with invented ones."""

from __future__ import annotations

import io
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from desktop.actions import checking, practice, printing, submissions
from desktop.actions.desk import Desk, open_desk
from desktop.excel.submission import submission_workbook
from desktop.model.canonical import canonical, digest
from desktop.model.fields import Money, Quantity, Text
from desktop.model.forms import load_forms
from desktop.model.printed import load_printed
from desktop.pdf.signing.sign import sign
from desktop.store import keys

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
FORMS = tuple(load_printed())
QUICK = ("project-list", "letter", "claim-form")
COPIES = 14  # of each of the fifteen forms: 210 files
ISSUANCE = {
    "reviewer": "赵示例", "reviewed": "2026-11-24T09:10:00+08:00", "issuer": "孙示例",
    "document_number": "示例〔2026〕1号", "issued": "2026-11-24T09:20:00+08:00",
}  # fmt: skip
RARE = "㛃䶮𫖯𬭎"


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("practice") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESK_PROFILE", str(tmp_path_factory.mktemp("profile")))
        patch.setattr(keys, "KDF", {"time_cost": 1, "memory_cost": 8192, "parallelism": 1})
        practice.make_practice(folder)
        with practice.at(practice.TODAY):
            desk = open_desk(folder, practice.ACCOUNT, practice.PASSWORD)
            yield desk
            desk.close()


def frozen(desk: Desk, name: str) -> dict[str, Any]:
    """What `prepare` would freeze, for a record or unit where the form is about one."""
    form = load_printed()[name]
    record = None
    if form.about in desk.forms:
        record = desk.store.records.ids(form.about)[0][0]
    unit = next(iter(desk.names.units())) if form.for_unit else ""
    found = printing.content(desk, name, record=record, period="2026-11", unit=unit)
    envelope = {"sequence": 1, "log_head": "00", "prepared_by": "李示例", "prepared": "2026-11-24T09:00:00+08:00"}
    data: dict[str, Any] = json.loads(canonical({**found, **envelope}))
    return data


def signed(data: dict[str, Any], key: Any) -> bytes:
    issuance = {**ISSUANCE, "data_digest": digest(canonical(data))}
    pdf, box = submissions.unsigned_pdf(data, issuance, submission_workbook(data, load_forms()))
    return sign(pdf, key, box, now=NOW)


def check(city: Any, pdf: bytes, **more: Any) -> Any:
    return city.check(pdf, **{"derive": checking.derive, "compare_workbook": checking.compare, **more})


def run(*words: object) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8", "replace")


def words_of(data: dict[str, Any]) -> set[str]:
    """The names of the projects and sites that a table of the form prints."""
    tables = [
        table
        for table in load_printed()[data["form"]].tables
        if table.form in ("project", "site") and not table.hidden and any(each.path == "name" for each in table.columns)
    ]
    listed = {(table.form, str(row["of"])) for table in tables for row in data["rows"].get(table.name, [])}
    records = data.get("records", {})
    return {row["name"] for form in ("project", "site") for row in records.get(form, []) if (form, row["id"]) in listed}


@pytest.fixture(scope="module")
def made(district: Desk, city: Any) -> Callable[[str], tuple[dict[str, Any], bytes]]:
    key, kept = city.issue(district=district.district), {}

    def make(name: str) -> tuple[dict[str, Any], bytes]:
        if name not in kept:
            data = frozen(district, name)
            kept[name] = (data, signed(data, key))
        return kept[name]

    return make


@pytest.mark.parametrize(
    "name", [each if each in QUICK else pytest.param(each, marks=pytest.mark.slow) for each in FORMS]
)
def test_other_programs_agree_on_every_form(
    name: str, made: Callable[[str], tuple[dict[str, Any], bytes]], city: Any, tmp_path: Path
) -> None:
    data, pdf = made(name)
    verdict = check(city, pdf)
    assert (verdict.verdict, verdict.pages) == ("valid", "equal"), verdict.reasons
    file = tmp_path / "x.pdf"
    file.write_bytes(pdf)
    told = run("pdfsig", "-nocert", file)
    for wanted in ("Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "SHA-256"):
        assert wanted in told
    assert told.count("Signature #") == 1
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", file)
    listed = run("pdfdetach", "-list", file)
    assert "data.json" in listed and "workbook.xlsx" in listed
    fonts = run("pdffonts", file).splitlines()[2:]
    assert fonts and all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts), fonts
    text = re.sub(r"\s", "", run("pdftotext", "-raw", file, "-"))
    assert data["district_name"] in text
    for words in words_of(data):
        assert re.sub(r"\s", "", words) in text, words
    with pikepdf.open(io.BytesIO(pdf)) as other:
        attached = {each: other.attachments[each].get_file().read_bytes() for each in other.attachments}
    assert attached == dict(verdict.attachments)
    assert attached["data.json"] == verdict.canonical


def vary(data: dict[str, Any], seed: int) -> dict[str, Any]:
    """Other texts, amounts and numbers of rows in the same form: long, short, rare, empty."""
    chance = random.Random(seed)
    forms = load_forms()
    changed: dict[str, Any] = json.loads(canonical(data))
    for name, rows in changed.get("records", {}).items():
        for row in rows:
            for field in list(row):
                if field == "id":
                    continue
                kind = forms[name].field(field).type
                if isinstance(kind, Money):
                    row[field] = chance.choice([0, 1, 99, 100, chance.randrange(10**6), chance.randrange(10**11)])
                elif isinstance(kind, Quantity):
                    row[field] = chance.choice(["0", "0.5", str(chance.randrange(10**9)), f"{chance.random():.6f}"])
                elif isinstance(kind, Text) and chance.random() < 0.6:
                    row[field] = text(chance, kind.max or 60)
    return changed


def text(chance: random.Random, longest: int) -> str:
    pool = "示例区重工业改造设备（一）更新《》“”，。；：、 A1b2%-/" + RARE
    length = chance.choice([1, 2, 7, 20, longest])
    return "".join(chance.choice(pool) for _ in range(min(length, longest))).strip() or "示"


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
def test_two_hundred_of_our_own_are_valid(name: str, district: Desk, city: Any) -> None:
    key = city.issue(district=district.district)
    start = frozen(district, name)
    for seed in range(COPIES):
        verdict = check(city, signed(vary(start, seed), key))
        assert (verdict.verdict, verdict.pages) == ("valid", "equal"), (seed, verdict.reasons)


MAKER = """
import json, sys
from pathlib import Path
from desktop.actions import submissions
from desktop.excel.submission import submission_workbook
from desktop.model.forms import load_forms
from desktop.model.canonical import canonical, read_canonical
data = read_canonical(Path(sys.argv[1]).read_bytes())
issuance = json.loads(Path(sys.argv[2]).read_text("utf-8"))
pdf, box = submissions.unsigned_pdf(data, issuance, submission_workbook(data, load_forms()))
Path(sys.argv[3]).write_bytes(pdf)
print(box)
"""


@pytest.mark.slow
def test_two_fresh_installs_render_the_same_objects(district: Desk, tmp_path: Path) -> None:
    """Other homes, languages, time zones, hash seeds, and fonts built anew: equal object by object."""
    data = frozen(district, "monthly-report")
    (tmp_path / "data.json").write_bytes(canonical(data))
    issuance = {**ISSUANCE, "data_digest": digest(canonical(data))}
    (tmp_path / "issuance.json").write_text(json.dumps(issuance), "utf-8")
    root = Path(__file__).resolve().parents[3]
    boxes = []
    for number, (locale, zone) in enumerate((("C", "UTC"), ("zh_CN.UTF-8", "Asia/Shanghai"))):
        home = tmp_path / f"home{number}"
        home.mkdir()
        environment = {
            **os.environ, "HOME": str(home), "DESK_PROFILE": str(home / "profile"), "LANG": locale, "LC_ALL": locale,
            "TZ": zone, "PYTHONHASHSEED": str(number + 1), "PYTHONPATH": str(root),
        }  # fmt: skip
        if number:
            environment["DESK_FONT_CACHE"] = str(home / "fonts")  # built anew
        files = [tmp_path / "data.json", tmp_path / "issuance.json", tmp_path / f"{number}.pdf"]
        done = subprocess.run(
            [sys.executable, "-c", MAKER, *map(str, files)], env=environment, cwd=home, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        boxes.append(done.stdout)
    assert boxes[0] == boxes[1]
    objects = [_objects(tmp_path / f"{number}.pdf") for number in (0, 1)]
    assert objects[0] == objects[1]
    assert (tmp_path / "0.pdf").read_bytes() == (tmp_path / "1.pdf").read_bytes()


def _objects(path: Path) -> list[tuple[str, bytes]]:
    found = []
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            stream = thing.read_bytes() if isinstance(thing, pikepdf.Stream) else b""
            found.append((repr(thing), stream))
    return found


def test_a_page_font_that_draws_other_digits(
    made: Callable[[str], tuple[dict[str, Any], bytes]], city: Any, district: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The data say 4,800; the font under the same text draws other digits; all of it is signed rightly."""
    from desktop.pdf.signing import attaching
    from desktop.pdf.signing.objects import Stream

    written = attaching.read_body

    def forged(pdf: bytes) -> Any:
        body = written(pdf)
        for thing in body.objects.values():
            if isinstance(thing, Stream) and "Length1" in thing.entries:
                thing.content = _swapped(thing.content)
        return body

    data, _ = made("project-list")
    key = city.issue(district=district.district)
    with monkeypatch.context() as patch:
        patch.setattr(attaching, "read_body", forged)
        pdf = signed(data, key)
    verdict = check(city, pdf)
    assert (verdict.verdict, verdict.pages) == ("invalid", "different")
    assert {each.code for each in verdict.reasons} == {"pages"}


def _swapped(font: bytes) -> bytes:
    """The same font with the outlines of its first and last glyphs exchanged."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(font)) as read:
        glyphs, names = read["glyf"], read.getGlyphOrder()
        if len(names) > 2:
            glyphs[names[1]], glyphs[names[-1]] = glyphs[names[-1]], glyphs[names[1]]
        out = io.BytesIO()
        read.save(out)
        return out.getvalue()


def test_page_100_and_data_1000_of_a_real_form(
    made: Callable[[str], tuple[dict[str, Any], bytes]], city: Any, district: Desk
) -> None:
    """Pages of other data under a signature that is right, the data beside them."""
    data, _ = made("project-list")
    less = json.loads(canonical(data))
    less["records"]["project"][0]["total_investment"] = 100
    assert less != data
    issuance = {**ISSUANCE, "data_digest": digest(canonical(data))}
    pages, box = submissions.unsigned_pdf(less, {**ISSUANCE, "data_digest": digest(canonical(less))}, None)
    assert pages
    from desktop.model.frozen import sealed
    from desktop.pdf.render import render
    from desktop.pdf.signing.attaching import embed_submission

    drawn = render(printing.pages_of(less, draft=False, issuance=issuance)).pdf
    base = embed_submission(drawn, canonical(sealed(data, issuance)), submission_workbook(data, load_forms()))
    key = city.issue(district=district.district)
    verdict = check(city, sign(base, key, box, now=NOW))
    assert verdict.verdict == "invalid" and "pages" in {each.code for each in verdict.reasons}

    base = embed_submission(
        render(printing.pages_of(data, draft=False, issuance=issuance)).pdf, canonical(sealed(data, issuance)),
        submission_workbook(less, load_forms()),
    )  # fmt: skip
    verdict = check(city, sign(base, key, box, now=NOW))
    assert verdict.verdict == "invalid" and "workbook" in {each.code for each in verdict.reasons}
    (reason,) = [each for each in verdict.reasons if each.code == "workbook"]
    assert "项目清单!" in str(reason)


def test_mutated_files_never_raise(made: Callable[[str], tuple[dict[str, Any], bytes]], city: Any) -> None:
    _mutations(made("project-list")[1], city, 12)


@pytest.mark.slow
def test_many_mutated_files_never_raise(made: Callable[[str], tuple[dict[str, Any], bytes]], city: Any) -> None:
    for name in ("project-list", "letter"):
        _mutations(made(name)[1], city, 150)


def _mutations(pdf: bytes, city: Any, count: int) -> None:
    """Bits turned, ends cut off, pieces put in, taken out, exchanged: an answer each time, and never valid."""
    chance = random.Random(7)
    for _ in range(count):
        changed = bytearray(pdf)
        at, to = sorted(chance.randrange(len(pdf)) for _ in range(2))
        kind = chance.randrange(6)
        if kind == 0:
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del changed[at:]
        elif kind == 2:
            changed += chance.randbytes(chance.randrange(1, 200))
        elif kind == 3:
            changed[at:at] = pdf[at : at + chance.randrange(1, 5000)]
        elif kind == 4:
            del changed[at : min(to, at + 3000)]
        else:
            changed[at : at + 40], changed[to : to + 40] = pdf[to : to + 40], pdf[at : at + 40]
        if bytes(changed) == pdf:
            continue
        verdict = check(city, bytes(changed))
        assert verdict.verdict == "invalid" and verdict.reasons
