import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpuskit.cli.ahead import MANY, are_many
from corpuskit.run import server

ROOT = Path(__file__).parent.parent
forks = pytest.mark.skipif(
    server.start_method() != "forkserver", reason="workers are started one by one"
)


def python(code):
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False
    )


def test_there_is_a_core_to_use():
    assert 1 <= server.usable_cores() <= (os.cpu_count() or 1)


def test_small_runs_do_not_load_what_processes_need():
    done = python(
        "import sys\n"
        "from corpuskit.cli.main import run_command\n"
        "code = run_command(['list', 'seeds', '--format', 'jsonl'])\n"
        "print(code, sorted({'multiprocessing', 'socket'} & set(sys.modules)))"
    )
    assert len(done.stdout.splitlines()) == 6
    assert done.stdout.splitlines()[-1] == "0 []"


@forks
def test_interrupt_does_not_reach_the_starting_server():
    done = python(
        "import multiprocessing, os, signal\n"
        "from multiprocessing import forkserver\n"
        "from corpuskit.run import server\n"
        "server.start_ahead()\n"
        "server.start_ahead()\n"
        "os.kill(forkserver._forkserver._forkserver_pid, signal.SIGINT)\n"
        "context = multiprocessing.get_context(server.start_method())\n"
        "process = context.Process(target=os.getpid)\n"
        "process.start()\n"
        "process.join()\n"
        "print(process.exitcode, signal.pthread_sigmask(signal.SIG_BLOCK, []))\n"
    )
    assert (done.stdout, done.stderr) == ("0 set()\n", "")


@forks
def test_server_that_cannot_start_is_told_by_the_first_worker(monkeypatch):
    from multiprocessing import forkserver

    def fail():
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(forkserver, "ensure_running", fail)
    server.start_ahead()


def test_server_is_warm_and_collects_garbage_again():
    done = python(
        "import gc, sys\n"
        "import corpuskit.run.preload\n"
        "from corpuskit.language import profiles\n"
        "print(gc.isenabled(), gc.get_freeze_count() > 10_000)\n"
        "print(profiles.load.cache_info().currsize, 'selectolax.lexbor' in sys.modules)"
    )
    assert (done.stdout, done.stderr) == ("True True\n1 True\n", "")


def files(folder, n):
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(n):
        (folder / f"页{number}.html").touch()
    return str(folder)


@pytest.mark.parametrize(
    ("n_here", "n_below", "expected"),
    [(0, 0, False), (5, 0, False), (MANY, 0, True), (1, MANY - 1, True), (9, 9, False)],
)
def test_many_files_are_seen_before_they_are_planned(
    tmp_path, n_here, n_below, expected
):
    files(tmp_path, n_here)
    files(tmp_path / "a" / "b", n_below)
    assert are_many((str(tmp_path),)) is expected


def test_paths_count_as_files_and_links_back_end(tmp_path):
    folder = files(tmp_path / "few", 3)
    (tmp_path / "few" / "up").symlink_to(tmp_path / "few", target_is_directory=True)
    paths = sorted(map(str, Path(folder).glob("*.html")))
    assert not are_many(("-", folder, *paths))
    assert are_many(tuple(paths * MANY))
    assert not are_many(("*.html", "missing", "https://example.org/a"))


def test_corpus_of_an_earlier_run_is_one_file(tmp_path):
    folder = files(tmp_path, MANY)
    (tmp_path / "manifest.json").write_text('{"corpuskit": "1"}', encoding="utf-8")
    (tmp_path / "documents.jsonl").touch()
    assert not are_many((folder,))
