"""Where the text goes: files, links, pipes, devices, and what happens when that fails or is interrupted."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from coopfin.__main__ import main
from coopfin.commands import output
from coopfin.reading.mistakes import FileError

ROOT = Path(__file__).parents[2]
TEXT = b"a,b\n1,2\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that holds nothing but what a test puts there."""
    made = tmp_path / "folder"
    made.mkdir()
    return made


def test_a_new_file_gets_the_rights_that_others_get(folder: Path) -> None:
    before = os.umask(0o027)
    try:
        output.write(TEXT, str(folder / "out.csv"))
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "out.csv").stat().st_mode) == 0o640
    assert [path.name for path in folder.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_an_older_file_keeps_its_rights(folder: Path, mode: int) -> None:
    target = folder / "out.csv"
    target.write_text("older and longer than what comes")
    target.chmod(mode)
    output.write(TEXT, str(target))
    assert target.read_bytes() == TEXT
    assert stat.S_IMODE(target.stat().st_mode) == mode


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_a_link_and_its_target_is_written(folder: Path, there: bool) -> None:
    target, link = folder / "target.csv", folder / "link.csv"
    if there:
        target.write_text("older")
    link.symlink_to("target.csv")
    output.check(str(link), [])
    output.write(TEXT, str(link))
    assert link.is_symlink()
    assert target.read_bytes() == TEXT
    assert not target.is_symlink()


def test_a_file_of_two_names_keeps_both(folder: Path) -> None:
    one, two = folder / "one.csv", folder / "two.csv"
    one.write_text("older and longer than what comes")
    two.hardlink_to(one)
    output.write(TEXT, str(one))
    assert one.read_bytes() == two.read_bytes() == TEXT
    assert one.samefile(two)


def test_a_pipe_is_written_into(folder: Path) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    found: list[bytes] = []
    reader = Thread(target=lambda: found.append(pipe.read_bytes()))
    reader.start()
    output.check(str(pipe), [])
    output.write(TEXT, str(pipe))
    reader.join(10)
    assert found == [TEXT]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_device_is_written_into_and_a_full_one_says_so() -> None:
    output.write(TEXT, os.devnull)
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    with pytest.raises(FileError, match=r"^/dev/full: the disk is full \(No space left on device\); make room") as caught:
        output.write(TEXT, "/dev/full")
    assert len(caught.value.lines) == 1


@pytest.mark.parametrize("older", ["older", None])
@pytest.mark.parametrize("names", [1, 2])
def test_a_full_disk_leaves_what_was_there(folder: Path, monkeypatch: pytest.MonkeyPatch, older: str | None, names: int) -> None:
    target = folder / "out.csv"
    if older is not None:
        target.write_text(older)
        if names == 2:
            (folder / "too.csv").hardlink_to(target)
    before = sorted(path.name for path in folder.iterdir())
    write, room = os.write, [3]

    def full(handle: int, data: Any) -> int:
        if not room[0]:
            room[0] = 99  # what stood there before has its room already
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        told = write(handle, bytes(data)[: room[0]])
        room[0] -= told
        return told

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(FileError) as caught:
        output.write(TEXT, str(target))
    assert str(caught.value).startswith(f"{target}: the disk is full")
    assert sorted(path.name for path in folder.iterdir()) == before
    assert older is None or target.read_text() == older


def test_a_file_that_cannot_be_replaced_is_written_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = folder / "out.csv"
    target.write_text("older and longer than what comes")

    def busy(*_: object) -> None:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    monkeypatch.setattr(Path, "replace", busy)
    output.write(TEXT, str(target))
    assert target.read_bytes() == TEXT
    assert [path.name for path in folder.iterdir()] == ["out.csv"]


def test_an_interruption_leaves_what_was_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = folder / "out.csv"
    target.write_text("older")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        output.write(TEXT, str(target))
    assert target.read_text() == "older"
    assert [path.name for path in folder.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("way", ["itself", "symbolic link", "hard link", "other spelling", "link to it", "chain"])
def test_what_is_read_is_never_written_over(scenario: Path, capsys: pytest.CaptureFixture[str], way: str) -> None:
    before, other = scenario.read_bytes(), scenario.with_name("other.csv")
    read, target = scenario, other
    if way == "itself":
        target = scenario
    elif way == "other spelling":
        target = scenario.parent / "." / ".." / scenario.parent.name / scenario.name
    elif way == "hard link":
        other.hardlink_to(scenario)
    elif way == "link to it":
        other.symlink_to(scenario)
        read, target = other, scenario
    elif way == "chain":
        scenario.with_name("between.csv").symlink_to(scenario)
        other.symlink_to("between.csv")
    else:
        other.symlink_to(scenario)
    assert main(["project", str(read), "--output", str(target)]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"{target}: this is the file that is read")
    assert told.count("\n") == 1
    assert scenario.read_bytes() == before


@pytest.mark.parametrize(
    ("output_path", "words"),
    [
        ("no/such/folder/out.csv", "no/such/folder/out.csv: there is no such folder; check the path"),
        ("new/", "new/: there is no such folder; check the path"),
        ("", "'': there is no such folder; check the path"),
        ("here", "here: this is a folder; give the name of a file"),
        ("scenario.csv/out.csv", "scenario.csv/out.csv: Not a directory; check the path"),
        ("n" * 300, "n" * 300 + ": File name too long; check the path"),
        ("around", "around: Too many levels of symbolic links; check the path"),
        ("a\nb/c", r"'a\nb/c': there is no such folder; check the path"),
    ],
)
def test_a_path_that_cannot_be_written_is_told_as_it_was_given(
    scenario: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, output_path: str, words: str
) -> None:
    monkeypatch.chdir(scenario.parent)
    Path("here").mkdir()
    Path("around").symlink_to("around")
    before = sorted(path.name for path in Path().iterdir())
    assert main(["project", scenario.name, "--output", output_path]) == 2
    assert capsys.readouterr() == ("", words + "\n")
    assert sorted(path.name for path in Path().iterdir()) == before


def test_a_file_that_may_not_be_changed_is_refused(scenario: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    target = scenario.with_name("out.csv")
    target.write_text("mine")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may change anything
    assert main(["project", str(scenario), "--output", str(target)]) == 2
    assert capsys.readouterr().err == f"{target}: this file may not be changed; write to another one\n"
    assert target.read_text() == "mine"


@pytest.mark.parametrize("path", ["no-such-file.csv", ".", "scenario.csv/x"])
@pytest.mark.parametrize("command", ["compare", "project"])
def test_a_path_that_cannot_be_read_is_told_in_one_line(
    scenario: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, path: str, command: str
) -> None:
    monkeypatch.chdir(scenario.parent)
    assert main([command, path, "--output", "out.csv"]) == 2
    told = capsys.readouterr()
    assert told.err.startswith(f"{path}: ")
    assert told.err.count("\n") == 1
    assert not Path("out.csv").exists()


@pytest.mark.parametrize(
    "arguments", [["project", "SCENARIO", "--by", "month"], ["compare", "SCENARIO"], ["--help"]], ids=" ".join
)
def test_a_reader_who_leaves_ends_in_silence(scenario: Path, arguments: list[str]) -> None:
    arguments = [str(scenario) if each == "SCENARIO" else each for each in arguments]
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "coopfin", *arguments]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize(("redirection", "words"), [(">/dev/full", b"the disk is full"), (">&-", b"Bad file descriptor")])
def test_standard_output_that_takes_nothing_is_told_in_one_line(scenario: Path, redirection: str, words: bytes) -> None:
    command = f"{sys.executable} -m coopfin compare {scenario} {redirection}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"standard output: " + words)
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("told", "status", "words"), [(signal.SIGINT, 130, b"coopfin: interrupted\n"), (signal.SIGTERM, 143, b"")]
)
def test_an_interruption_ends_in_one_line_and_no_file(scenario: Path, told: int, status: int, words: bytes) -> None:
    # A pipe that nobody reads: the command waits for as long as the test needs.
    pipe = scenario.with_name("pipe")
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "coopfin", "project", str(pipe), "--output", str(scenario.with_name("out.csv"))]
    # The pipe opens once the command has opened it to read.
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process, pipe.open("wb") as feed:
        feed.write(b"assumption,")
        feed.flush()
        while process.poll() is None:  # one that comes just before the command waits is seen only with the next
            process.send_signal(told)
            with suppress(subprocess.TimeoutExpired):
                process.wait(1)
        err = process.stderr.read() if process.stderr else b""
    assert (process.returncode, err) == (status, words)
    assert not scenario.with_name("out.csv").exists()
