"""The command as a real process: pipes, signals, standard input, locale."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpuskit import _interrupts
from corpuskit.cli.main import run_command

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "corpuskit"]
ROW = {"text": "港口的早晨非常安静，第一批渔船随着潮水驶入，海鸥在屋顶上盘旋鸣叫。"}

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and pipes")


def run(*arguments, stdin=None, cwd=ROOT, code=0, env=None):
    done = subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        stdin=None if stdin is not None else subprocess.DEVNULL,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        timeout=120,
    )
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done.stdout, done.stderr.decode()


def many_rows(path, n):
    rows = ({**ROW, "id": f"r{i}", "n": i} for i in range(n))
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_clean_dedup_stats_as_a_pipe():
    cleaned, _ = run("clean")
    unique, _ = run("dedup", "-", stdin=cleaned)
    numbers, _ = run("stats", "-", stdin=unique)
    found = json.loads(numbers)
    assert found["documents"] == 5
    assert found["languages"] == {"zh-Hans": 4, "ja": 1}


def test_standard_input_is_read_only_when_asked(tmp_path):
    (tmp_path / "a.txt").write_text(ROW["text"], encoding="utf-8")
    out, err = run("list", "a.txt", stdin=b"ignored", cwd=tmp_path)
    assert len(out.splitlines()) == 1
    assert "standard input is not read" in err


def test_nothing_on_standard_input_is_said(tmp_path):
    _, err = run("stats", "-", stdin=b"", cwd=tmp_path, code=5)
    assert "corpuskit: " in err


def test_binary_on_standard_input_is_one_clear_error(tmp_path):
    noise = b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20
    out, err = run("clean", "-", stdin=noise, cwd=tmp_path, code=5)
    assert out == b""
    assert "stdin" in err or "-" in err


@posix
@pytest.mark.parametrize(("reader", "n_lines"), [("head -1", 1), ("true", 0)])
def test_closed_pipe_ends_quietly(tmp_path, reader, n_lines):
    many_rows(tmp_path / "rows.jsonl", 3000)
    words = " ".join(COMMAND)
    done = subprocess.run(
        ["bash", "-c", f"{words} clean rows.jsonl | {reader}; exit ${{PIPESTATUS[0]}}"],
        cwd=tmp_path,
        capture_output=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == n_lines
    assert done.stderr == b""


@posix
def test_interrupt_ends_with_130_and_leaves_nothing(tmp_path):
    many_rows(tmp_path / "rows.jsonl", 60000)
    process = subprocess.Popen(
        [*COMMAND, "clean", "rows.jsonl", "--jobs", "2", "--out", "corpus"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".corpuskit-corpus-*")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert b"interrupted" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rows.jsonl"]


@posix
def test_killed_run_leaves_no_half_output(tmp_path):
    many_rows(tmp_path / "rows.jsonl", 60000)
    process = subprocess.Popen(
        [*COMMAND, "clean", "rows.jsonl", "-o", "out.jsonl"],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".corpuskit-*")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.kill()
    process.wait(timeout=60)
    assert not (tmp_path / "out.jsonl").exists()


def test_locale_without_utf8_gives_the_same_bytes():
    plain, _ = run("clean")
    poor = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert run("clean", env=poor)[0] == plain


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk_on_standard_output_is_one_line():
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "clean"],
            stdout=full,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
            timeout=120,
        )
    assert done.returncode == 4
    assert b"Traceback" not in done.stderr
    assert b"No space left" in done.stderr


def test_run_twice_gives_the_same_bytes():
    assert run("clean", "--dedup")[0] == run("clean", "--dedup")[0]


def test_version_and_help():
    assert run("--version")[0].startswith(b"corpuskit, version 0.")
    out, _ = run("--help")
    for name in (b"list", b"clean", b"detect", b"dedup", b"stats", b"Example:"):
        assert name in out


@posix
def test_terminal_gets_a_table_and_no_raw_escapes(tmp_path):
    import pty

    (tmp_path / "[red]x \x1b[31mred.txt").write_text(ROW["text"], encoding="utf-8")
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "list", "."],
        cwd=tmp_path,
        stdout=follower,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "80", "PYTHONPATH": str(ROOT)},
    ) as process:
        os.close(follower)
        shown = b""
        while chunk := _read(leader):
            shown += chunk
        process.wait(timeout=60)
    os.close(leader)
    assert b"[red]x" in shown.replace(b"\r\n", b"")
    assert b"\x1b[31m" not in shown
    assert b"1 document" in shown


def _read(handle):
    try:
        return os.read(handle, 1 << 16)
    except OSError:
        return b""


def test_broken_pipe_of_a_worker_is_no_success(tmp_path, monkeypatch, capsys):
    """Only a reader of standard output that left is a good end."""

    def start(_):
        raise BrokenPipeError(32, "Broken pipe")

    (tmp_path / "pages").mkdir()
    for n in range(100):
        (tmp_path / "pages" / f"{n}.txt").write_text(f"第{n}页。", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", start)
    code = run_command(["clean", "pages", "--jobs", "2", "--out", "corpus"])
    assert code == 4
    assert "cannot start a worker process" in capsys.readouterr().err
    assert not (tmp_path / "corpus").exists()


@posix
def test_dropped_interrupt_is_raised_by_the_next_document():
    """An interrupt in a finalizer is dropped by Python, but noted."""

    class Late:
        def __del__(self):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.1)

    with _interrupts.noted() as seen:
        _interrupts.check()
        sys.unraisablehook, hook = (lambda _: None), sys.unraisablehook
        Late()
        sys.unraisablehook = hook
        assert seen
        with pytest.raises(KeyboardInterrupt):
            _interrupts.check()
    _interrupts.check()
