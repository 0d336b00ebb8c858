"""What becomes of files, in real folders: nothing lost, nothing overwritten, nothing read twice."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import stat
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.ingest.claims import Claim
from services.ingest.counting import count
from services.ingest.inbox import Inbox
from services.ingest.intake import Intake, Received
from services.ingest.ledger import Ledger
from services.ingest.overdue import LEASE, Overdue, WakingClock
from services.ingest.readers import Readers, Text
from services.ingest.readers.txt import PlainText
from services.ingest.scan import look
from shared.errors import SettingsError
from tests import needs

LONG_NAME = "ب" * 125 + "a.txt"  # 255 bytes


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The inbox's folder."""
    return tmp_path / "inbox"


@pytest.fixture
def intake(root: Path, tmp_path: Path) -> Intake:
    """A worker on the inbox, without its loop."""
    return worker(root, tmp_path / "state")


def worker(root: Path, state: Path, limit: int = 10_000) -> Intake:
    """Return one of any number of workers on a folder."""
    inbox, ledger, text = Inbox(root), Ledger(state), PlainText()
    inbox.prepare()
    ledger.prepare()
    return Intake(inbox, ledger, Readers((text,), otherwise=text), limit)


def take_all(intake: Intake) -> list[Received]:
    """Take in everything that lies in the inbox."""
    seen = look(intake.inbox.root)
    intake.refuse(seen.strange)
    return intake.take(seen.files)


def sha256(data: bytes) -> str:
    """Return a document's id."""
    return hashlib.sha256(data).hexdigest()


def today() -> str:
    """Return the name of today's folder."""
    return datetime.now(UTC).date().isoformat()


def everything(root: Path) -> dict[str, bytes]:
    """Return all files under the inbox by path."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def report_of(root: Path, name: str) -> dict[str, Any]:
    """Return what the error file beside a failed file says."""
    report: dict[str, Any] = json.loads((root / "failed" / f"{name}.error.json").read_text())
    for key in ("what", "why", "what_to_do"):
        assert report[key]
        assert "\n" not in report[key]
    assert datetime.fromisoformat(report["when"]).utcoffset() is not None
    return report


def test_a_file_is_held_until_store_has_it_and_then_filed_by_day(
    intake: Intake, root: Path
) -> None:
    """`.processing/` until RecordStored, `done/YYYY-MM-DD/` after."""
    (root / "بيان.txt").write_bytes(b"a statement")
    [received] = take_all(intake)
    assert received.text == "a statement"
    document = received.document
    assert (document.id, document.sha256) == (sha256(b"a statement"),) * 2
    assert (document.name, document.source, document.size) == ("بيان.txt", "بيان.txt", 11)
    assert everything(root) == {f".processing/{document.id}/بيان.txt": b"a statement"}

    intake.settle(document.id, document.name)
    assert everything(root) == {f"done/{today()}/بيان.txt": b"a statement"}
    assert list((root / ".processing").iterdir()) == []


def test_an_answer_that_comes_twice_changes_nothing(intake: Intake, root: Path) -> None:
    """RecordStored is delivered at least once."""
    (root / "a.txt").write_bytes(b"text")
    [received] = take_all(intake)
    intake.settle(received.document.id, "a.txt")
    intake.settle(received.document.id, "a.txt")
    assert everything(root) == {f"done/{today()}/a.txt": b"text"}


def test_an_answer_for_a_file_that_is_not_here_is_remembered(intake: Intake, root: Path) -> None:
    """A document that reached store otherwise is a duplicate when it is dropped."""
    intake.settle(sha256(b"text"), "a.txt")
    (root / "a.txt").write_bytes(b"text")
    assert take_all(intake) == []
    assert everything(root) == {"duplicate/a.txt": b"text"}


def test_a_document_stored_while_its_copy_is_read_is_not_published_again(
    root: Path, tmp_path: Path
) -> None:
    """Another worker was answered between our look at the ledger and our hold."""
    ledger = Ledger(tmp_path / "state")

    class Slow(PlainText):
        def read(self, data: bytes, name: str) -> Text:
            ledger.remember(hashlib.sha256(data).hexdigest(), "the other worker's.txt")
            return super().read(data, name)

    reader = Slow()
    slow = replace(worker(root, tmp_path / "state"), readers=Readers((reader,), otherwise=reader))
    (root / "copy.txt").write_text("text")
    assert take_all(slow) == []
    assert everything(root) == {"duplicate/copy.txt": b"text"}


def test_the_same_bytes_are_a_duplicate_once_they_are_stored(
    intake: Intake, root: Path, tmp_path: Path
) -> None:
    """Whatever its name, a known document is read once; no duplicate overwrites another."""
    (root / "a.txt").write_bytes(b"text")
    [received] = take_all(intake)
    (root / "copy.txt").write_bytes(b"text")
    for _ in range(2):  # while the first is on its way, its copy waits, and is not read for ever
        assert take_all(intake) == []
        assert (root / "copy.txt").exists()
    intake.settle(received.document.id, received.document.name)
    for _ in range(3):
        assert take_all(worker(root, tmp_path / "state")) == []
        (root / "copy.txt").write_bytes(b"text")
    (root / "copy.txt").unlink()
    assert everything(root) == {
        f"done/{today()}/a.txt": b"text",
        "duplicate/copy.txt": b"text",
        "duplicate/copy (2).txt": b"text",
        "duplicate/copy (3).txt": b"text",
    }


def test_a_copy_is_read_when_the_first_was_written_on(
    intake: Intake, root: Path, tmp_path: Path
) -> None:
    """The first is another document by then, and may never have been published as this one."""
    (root / "a.txt").write_bytes(b"text")
    take_all(intake)
    (root / "copy.txt").write_bytes(b"text")
    assert take_all(intake) == []
    held = intake.inbox.held(sha256(b"text"))
    assert held is not None
    with held.path.open("ab") as file:
        file.write(b" and more")
    again = worker(root, tmp_path / "state")
    documents = take_all(again) + take_all(again)
    assert {one.text for one in documents} == {"text", "text and more"}


def test_two_documents_of_one_name_are_both_kept(intake: Intake, root: Path) -> None:
    """Agencies use the same names day after day."""
    for body in (b"first", b"second", b"third"):
        (root / "a.txt").write_bytes(body)
        [received] = take_all(intake)
        intake.settle(received.document.id, "a.txt")
    done = f"done/{today()}"
    assert everything(root) == {
        f"{done}/a.txt": b"first",
        f"{done}/a (2).txt": b"second",
        f"{done}/a (3).txt": b"third",
    }


@pytest.mark.parametrize(
    "raw",
    [
        b"two words.txt",
        b"two\nlines.txt",
        "\u202eبيان ختامي.txt".encode(),
        LONG_NAME.encode(),
        b"x" * 255,
        b"bad\xff\xfe.txt",
        b"-rf",
        b"quote\"'`$(x).txt",
        b"no suffix",
    ],
)
def test_any_name_that_a_file_may_have_is_taken(intake: Intake, root: Path, raw: bytes) -> None:
    """Spaces, line ends, right-to-left marks, 255 bytes, bytes that are no text."""
    name = os.fsdecode(raw)
    (root / name).write_bytes(b"text")
    [received] = take_all(intake)
    received.document.model_dump_json().encode()
    intake.settle(received.document.id, received.document.name)
    assert [os.fsencode(path.name) for path in (root / "done" / today()).iterdir()] == [raw]


@pytest.mark.parametrize("raw", [LONG_NAME.encode(), b"bad\xff.txt", b"x" * 255])
def test_any_name_can_fail_and_be_a_duplicate(intake: Intake, root: Path, raw: bytes) -> None:
    """The error file's name and a second's name fit into 255 bytes too."""
    name = os.fsdecode(raw)
    for _ in range(2):
        (root / name).write_bytes(b"\0")
        assert take_all(intake) == []
    names = sorted(path.name for path in (root / "failed").iterdir())
    assert name in names
    assert len(names) == 4
    assert sum(one.endswith(".error.json") for one in names) == 2


def test_subfolders_are_walked_and_their_paths_kept(intake: Intake, root: Path) -> None:
    """A folder dropped whole: each file is a document that knows where it came from."""
    deep = root / "agencies" / "spa" / "done"
    deep.mkdir(parents=True)
    (deep / "a.txt").write_bytes(b"text")
    (root / "agencies" / "a.txt").write_bytes(b"other")
    received = take_all(intake)
    assert {one.document.source for one in received} == {
        "agencies/spa/done/a.txt",
        "agencies/a.txt",
    }
    for one in received:
        intake.settle(one.document.id, one.document.name)
    assert {Path(path).parent.name for path in everything(root)} == {today()}
    assert list((root / ".processing").iterdir()) == []
    assert deep.is_dir()


def test_hidden_and_unfinished_files_stay_where_they_are(intake: Intake, root: Path) -> None:
    """Nobody's half download is read."""
    for name in (".hidden", "a.txt.part", "b.tmp", "c.crdownload", "~$d.txt"):
        (root / name).write_bytes(b"text")
    (root / ".git").mkdir()
    (root / ".git" / "e.txt").write_bytes(b"text")
    assert take_all(intake) == []
    assert len(everything(root)) == 6
    assert count(intake.inbox, time.time()).waiting == 0


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("empty", b""),
        ("empty", b" \n"),
        ("binary", b"%PDF-1.7"),
        ("oversized", b"x" * 10_001),
        ("undecodable", "قمة".encode("utf-16") + b"\xd8"),
    ],
)
def test_what_cannot_be_read_lies_whole_in_failed_with_its_reason(
    intake: Intake, root: Path, what: str, body: bytes
) -> None:
    """The file is untouched, and one line each says what, why and what to do."""
    (root / "a.txt").write_bytes(body)
    assert take_all(intake) == []
    report = report_of(root, "a.txt")
    assert report["what"] == what
    assert (report["name"], report["size"]) == ("a.txt", len(body))
    assert report["sha256"] == (None if what == "oversized" else sha256(body))
    assert (root / "failed" / "a.txt").read_bytes() == body
    assert list((root / ".processing").iterdir()) == []


@pytest.fixture
def not_root() -> Iterator[None]:
    """Give up root's right to read everything, for as long as the test runs."""
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    yield
    if was_root:
        os.seteuid(0)


@pytest.fixture
def open_folder(not_root: None) -> Iterator[Path]:
    """A folder that an ordinary user reaches, which pytest's own folders of root's are not."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    shutil.rmtree(folder)


def test_a_file_that_may_not_be_read_says_so(open_folder: Path) -> None:
    """Permissions are the dropper's to mend; the file moves all the same."""
    intake = worker(open_folder / "inbox", open_folder / "state")
    root = open_folder / "inbox"
    (root / "a.txt").write_bytes(b"text")
    (root / "a.txt").chmod(0)
    assert take_all(intake) == []
    assert report_of(root, "a.txt")["what"] == "unreadable"
    (root / "failed" / "a.txt").chmod(0o600)
    assert (root / "failed" / "a.txt").read_bytes() == b"text"


def test_a_file_of_another_user_is_filed_too_and_overwrites_nothing() -> None:
    """Where the system refuses a hard link to a stranger's file, the name is held otherwise."""
    if os.geteuid() != 0:
        pytest.skip("only root can make files of two users")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    try:
        os.seteuid(65534)
        intake = worker(folder / "inbox", folder / "state")
        (folder / "inbox").chmod(0o777)
        for _ in range(2):
            os.seteuid(0)
            (folder / "inbox" / "a.txt").write_bytes(b"secret")
            (folder / "inbox" / "a.txt").chmod(0o600)
            os.seteuid(65534)
            assert take_all(intake) == []
        assert sorted(path.name for path in (folder / "inbox" / "failed").iterdir()) == [
            "a (2).txt",
            "a (2).txt.error.json",
            "a.txt",
            "a.txt.error.json",
        ]
        os.seteuid(0)
        assert (folder / "inbox" / "failed" / "a.txt").read_bytes() == b"secret"
        assert (folder / "inbox" / "failed" / "a (2).txt").read_bytes() == b"secret"
    finally:
        os.seteuid(0)
        shutil.rmtree(folder)


def test_an_inbox_that_cannot_be_made_is_one_clear_line(open_folder: Path) -> None:
    """The service does not start on a folder that it may not write to."""
    open_folder.chmod(0o500)
    with pytest.raises(SettingsError, match=r"COMMUNIQUE_INBOX .* cannot make .*Permission denied"):
        Inbox(open_folder / "inbox").prepare()
    open_folder.chmod(0o700)


def test_links_pipes_and_sockets_are_moved_without_being_opened(
    intake: Intake, root: Path, tmp_path: Path
) -> None:
    """Nobody reads this machine's other files through the inbox, and no pipe stops it."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "inside.txt").write_text("secret too")
    (root / "link.txt").symlink_to(secret)
    (root / "folder").symlink_to(folder)
    (root / "dangling").symlink_to("nowhere")
    os.mkfifo(root / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(root / "socket"))
        assert take_all(intake) == []
    for name, kind in {
        "link.txt": "link",
        "folder": "link",
        "dangling": "link",
        "pipe": "named pipe",
        "socket": "socket",
    }.items():
        assert report_of(root, name)["what"] == "not a file"
        assert kind in report_of(root, name)["why"]
        assert os.path.lexists(root / "failed" / name)
    assert secret.read_text() == "secret"
    assert (folder / "inside.txt").exists()
    assert list((root / ".processing").iterdir()) == []


def test_a_device_is_moved_without_being_opened(intake: Intake, root: Path) -> None:
    """Reading /dev/zero would never end, a terminal's line would wait for somebody to type."""
    try:
        os.mknod(root / "zero.txt", 0o666 | stat.S_IFCHR, os.makedev(1, 5))
    except PermissionError:
        needs.missing("mknod")
    os.mknod(root / "disk.txt", 0o600 | stat.S_IFBLK, os.makedev(7, 200))
    assert take_all(intake) == []
    for name, kind in {"zero.txt": "device", "disk.txt": "device"}.items():
        assert report_of(root, name)["what"] == "not a file"
        assert kind in report_of(root, name)["why"]
        assert os.path.lexists(root / "failed" / name)
    assert list((root / ".processing").iterdir()) == []


def test_a_link_to_a_file_of_the_inbox_is_its_duplicate(intake: Intake, root: Path) -> None:
    """Links are never followed; the file itself is taken under its own name."""
    (root / "sub").mkdir()
    (root / "sub" / "a.txt").write_bytes(b"text")
    (root / "latest.txt").symlink_to("sub/a.txt")
    (root / "folder").symlink_to(root / "sub")
    [received] = take_all(intake)
    assert received.document.source == "sub/a.txt"
    assert sorted(path.name for path in (root / "duplicate").iterdir()) == ["folder", "latest.txt"]
    assert not any((root / "failed").iterdir())


def test_a_file_swapped_for_a_pipe_after_it_was_seen_stops_nobody(
    intake: Intake, root: Path
) -> None:
    """What is opened is checked again, not what was seen."""
    (root / "a.txt").write_bytes(b"text")
    seen = look(root)
    (root / "a.txt").unlink()
    os.mkfifo(root / "a.txt")
    assert intake.take(seen.files) == []
    assert report_of(root, "a.txt")["what"] == "not a file"


def test_a_file_that_grew_after_it_was_seen_goes_back(intake: Intake, root: Path) -> None:
    """It is read when it is complete, whole."""
    with (root / "a.txt").open("wb") as writer:
        writer.write(b"first half ")
        writer.flush()
        seen = look(root)
        writer.write(b"second half")
        writer.flush()
        assert intake.take(seen.files) == []
        assert everything(root) == {"a.txt": b"first half second half"}


def test_a_file_that_grows_while_it_is_processed_is_read_anew(intake: Intake, root: Path) -> None:
    """A scanner that paused for long: what it wrote later is not lost under the first half's id."""
    with (root / "a.txt").open("wb") as writer:
        writer.write(b"first half ")
        writer.flush()
        [received] = take_all(intake)
        writer.write(b"second half")
    intake.settle(received.document.id, "a.txt")
    assert everything(root) == {"a.txt": b"first half second half"}
    [whole] = take_all(intake)
    assert whole.text == "first half second half"


def due(overdue: Overdue, now: float) -> list[str]:
    """Return the files that are overdue at `now`, by where they came from."""
    return [claim.source for claim in overdue.look(now)]


def test_a_claim_of_a_worker_that_died_is_taken_up_after_its_lease(
    intake: Intake, root: Path
) -> None:
    """Killed between the rename and the reading; with its subfolder's path kept."""
    (root / "sub").mkdir()
    (root / "sub" / "a.txt").write_bytes(b"text")
    claim = intake.inbox.claim("sub/a.txt")
    assert claim is not None
    overdue = Overdue(intake.inbox.processing, 60.0)
    assert due(overdue, 0.0) == []
    assert due(overdue, LEASE) == []
    [left] = overdue.look(LEASE + 1)
    secured = intake.inbox.secure(left)
    assert secured is not None
    assert intake.inbox.secure(left) is None
    received = intake.take_up(secured)
    assert received is not None
    assert received.document.source == "sub/a.txt"
    assert intake.receive(claim) is None  # the first worker was only slow: it has lost, quietly


def test_whoever_comes_alone_need_not_wait_for_the_leases_of_the_dead(
    intake: Intake, root: Path
) -> None:
    """A restarted worker takes up at once what its forerunner had in hand."""
    for name in ("claimed.txt", "held.txt"):
        (root / name).write_text(name)
    assert intake.inbox.claim("claimed.txt")
    assert len(take_all(intake)) == 1
    overdue = Overdue(intake.inbox.processing, 60.0)
    overdue.inherit()
    assert sorted(due(overdue, 0.0)) == ["claimed.txt", "held.txt"]
    assert due(overdue, 1.0) == []


def test_empty_folders_of_dead_workers_are_swept_up(intake: Intake, root: Path) -> None:
    """Killed between two of its own steps: nothing of it stays."""
    for name in ("a" * 32, "b" * 64, f"{'c' * 64}.{'d' * 32}"):
        (root / ".processing" / name / "sub").mkdir(parents=True)
    overdue = Overdue(intake.inbox.processing, 60.0)
    assert due(overdue, 0.0) == []
    assert due(overdue, LEASE + 1) == []
    assert list((root / ".processing").iterdir()) == []


def test_a_document_that_was_never_published_is_due_after_the_lease(
    intake: Intake, root: Path
) -> None:
    """Killed between holding and publishing: nobody waits a whole minute."""
    (root / "a.txt").write_bytes(b"text")
    take_all(intake)
    overdue = Overdue(intake.inbox.processing, 60.0)
    assert due(overdue, 0.0) == []
    assert due(overdue, LEASE + 1) == ["a.txt"]


def test_an_unanswered_document_is_due_less_and_less_often(intake: Intake, root: Path) -> None:
    """After 1, 2, 4, 8 … minutes, at most an hour: a backlog is not doubled every minute."""
    (root / "a.txt").write_bytes(b"text")
    [received] = take_all(intake)
    overdue, last, waits = Overdue(intake.inbox.processing, 60.0), 0.0, []
    intake.inbox.mark_published(received.document.id)
    for now in range(0, 16_000, 10):
        if due(overdue, now):
            intake.inbox.mark_published(received.document.id)
            waits.append(now - last)
            last = now
    assert waits == pytest.approx([60, 120, 240, 480, 960, 1920, 3600, 3600, 3600], abs=30)


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_jumps_ends_no_lease_and_none_lasts_for_ever(
    intake: Intake, root: Path, hours: int
) -> None:
    """The times of the folders are an hour off, as a jump leaves them; only change counts."""
    (root / "a.txt").write_bytes(b"text")
    (root / "b.txt").write_bytes(b"other")
    [published] = intake.take({"a.txt": look(root).files["a.txt"]})
    intake.inbox.mark_published(published.document.id)
    claimed = intake.inbox.claim("b.txt")
    assert claimed
    then = time.time() + hours * 3600
    for folder in (claimed.folder, root / ".processing" / published.document.id):
        os.utime(folder, (then, then))
    overdue = Overdue(intake.inbox.processing, 60.0)
    assert due(overdue, 0.0) == []
    assert due(overdue, LEASE + 1) == ["b.txt"]
    assert due(overdue, 2 * LEASE) == []
    assert sorted(due(overdue, 61.0)) == ["a.txt", "b.txt"]


def test_a_worker_that_was_stopped_for_long_has_not_seen_time_pass() -> None:
    """SIGSTOP, a laptop's sleep: not everything is overdue at once when it goes on."""
    clock = WakingClock()
    before = clock()
    clock._read_at -= 3600  # as after an hour without a look
    assert clock() - before < 3.0


def test_a_crash_while_a_file_is_filed_files_it_later(intake: Intake, root: Path) -> None:
    """The marker is written, the file not yet moved: it is done, no duplicate."""
    (root / "a.txt").write_bytes(b"text")
    [received] = take_all(intake)
    intake.ledger.remember(received.document.id, "a.txt")
    secured = intake.inbox.secure(Claim(root / ".processing" / received.document.id, "a.txt"))
    assert secured is not None
    overdue = Overdue(intake.inbox.processing, 60.0)
    assert due(overdue, 0.0) == []
    [left] = overdue.look(LEASE + 1)
    assert intake.take_up(left) is None
    assert everything(root) == {f"done/{today()}/a.txt": b"text"}


def test_many_workers_on_one_folder_take_each_file_once(root: Path, tmp_path: Path) -> None:
    """The rename decides; a lost race is no error."""
    workers = [worker(root, tmp_path / "state") for _ in range(4)]
    for number in range(200):
        (root / f"{number}.txt").write_text(f"text {number}")
    seen = look(root).files
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda one: one.take(seen), workers))
    documents = [received.document.name for some in taken for received in some]
    assert sorted(documents) == sorted(f"{number}.txt" for number in range(200))
    with ThreadPoolExecutor(4) as pool:
        for one in workers:
            for received in [received for some in taken for received in some]:
                pool.submit(one.settle, received.document.id, received.document.name)
    assert len(list((root / "done" / today()).iterdir())) == 200
    assert list((root / ".processing").iterdir()) == []


def test_copies_dropped_at_once_are_one_document(root: Path, tmp_path: Path) -> None:
    """Whoever comes second, in whatever worker, finds the document held, and later known."""
    workers = [worker(root, tmp_path / "state") for _ in range(4)]
    for number in range(100):
        (root / f"{number}.txt").write_text("the same")
    seen = look(root).files
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda one: one.take(seen), workers))
    [received] = [one for some in taken for one in some]
    workers[0].settle(received.document.id, received.document.name)
    assert take_all(worker(root, tmp_path / "state")) == []
    assert len(list((root / "duplicate").iterdir())) == 99


def test_the_compartments_are_counted(intake: Intake, root: Path) -> None:
    """Where files are, and how long the oldest has waited."""
    (root / "done.txt").write_bytes(b"done")
    [received] = take_all(intake)
    intake.settle(received.document.id, "done.txt")
    (root / "again.txt").write_bytes(b"done")
    (root / "bad.txt").write_bytes(b"\0")
    (root / "held.txt").write_bytes(b"held")
    take_all(intake)
    (root / "sub").mkdir()
    (root / "sub" / "waiting.txt").write_bytes(b"waiting")
    counts = count(intake.inbox, time.time() + 5)
    assert (counts.waiting, counts.processing) == (1, 1)
    assert (counts.done, counts.duplicate, counts.failed) == (1, 1, 1)
    assert counts.oldest_waiting is not None
    assert 4.5 < counts.oldest_waiting < 10
    assert counts.oldest_processing is not None


def test_an_inbox_whose_compartments_were_deleted_goes_on(intake: Intake, root: Path) -> None:
    """Somebody tidied up: the folders are made again."""
    for name in (".processing", "done", "duplicate", "failed"):
        shutil.rmtree(root / name)
    (root / "a.txt").write_bytes(b"text")
    [received] = take_all(intake)
    intake.settle(received.document.id, "a.txt")
    assert everything(root) == {f"done/{today()}/a.txt": b"text"}
