"""What the README shows is what the commands say."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from corpuskit.cli.main import corpuskit as commands

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n\$ (.+)\n((?:.*\n)*?)```", README)
# Time and memory differ from run to run.
PACE = re.compile(r"^[\d.]+ s, .* memory at most$", re.MULTILINE)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with the seeds, where the examples are run one after another."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    return folder


@pytest.mark.skipif(os.name != "posix" or not shutil.which("jq"), reason="needs jq")
@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[b[0] for b in BLOCKS])
def test_shown_output_is_true(place, command, shown):
    words = command.replace("corpuskit ", f"{sys.executable} -m corpuskit ")
    if "|" not in command and "--out" not in command:
        words += " --format table"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {words} 2>&1"],
        cwd=place,
        env={**os.environ, "COLUMNS": "80", "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        text=True,
        check=True,
    )
    assert tidy(done.stdout) == tidy(shown)


def tidy(text):
    lines = [line.rstrip() for line in PACE.sub("(pace)", text).splitlines()]
    return "\n".join(lines).strip("\n")


CONTEXT = click.Context(commands)
NAMES = commands.list_commands(CONTEXT)


@pytest.mark.parametrize("name", NAMES)
def test_readme_shows_every_command(name):
    assert f"`corpuskit {name}`" in README


def test_readme_names_no_option_that_does_not_exist():
    known = {"--help", "--version"}
    for command in (commands.get_command(CONTEXT, name) for name in NAMES):
        for option in command.params:
            if isinstance(option, click.Option):
                known.update([*option.opts, *option.secondary_opts])
    shown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))
    assert shown <= known
