"""The plan of the house: which way imports run, what is public, what help says."""

import ast
import configparser
import importlib
import subprocess
import sys
from pathlib import Path

import click
import pytest

import corpuskit
from corpuskit.cli.main import corpuskit as commands

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "corpuskit"
ROOMS = ("sources", "clean", "language", "dedup", "stats", "write")
LAYERS = [{"base"}, set(ROOMS), {"run"}, {"render"}, {"cli"}]
LEVEL = {room: level for level, layer in enumerate(LAYERS) for room in layer}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in LEVEL else "base"


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path, *, types: bool = True) -> set[str]:
    """The corpuskit modules a file imports, anywhere in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[ast.AST] = set()
    if not types:
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
                skipped.update(ast.walk(node))
    names: set[str] = set()
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {name for name in names if name.split(".")[0] == "corpuskit"}


def forbidden(importer: str, target: str) -> bool:
    """Whether an arrow between two rooms turns back or crosses."""
    if importer == target or target == "base":
        return False
    return LEVEL[target] >= LEVEL[importer]


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_imports_run_one_way(path):
    importer = room_of(module_name(path))
    if module_name(path) in ("corpuskit", "corpuskit.__main__"):
        return  # the front door opens every room
    bad = {name for name in imported(path) if forbidden(importer, room_of(name))}
    assert not bad


@pytest.mark.parametrize(
    ("importer", "target", "is_forbidden"),
    [
        ("base", "clean", True),
        ("clean", "language", True),
        ("clean", "run", True),
        ("run", "clean", False),
        ("run", "cli", True),
        ("render", "run", False),
        ("cli", "render", False),
        ("stats", "base", False),
    ],
)
def test_forbidden_arrows_are_seen(importer, target, is_forbidden):
    assert forbidden(importer, target) is is_forbidden


def test_imports_form_no_circle():
    known = {module_name(path) for path in MODULES}
    graph = {
        module_name(path): {n for n in imported(path, types=False) if n in known}
        for path in MODULES
        if module_name(path) != "corpuskit"
    }
    graph = {
        name: {t for t in targets if t != name and not name.startswith(f"{t}.")}
        for name, targets in graph.items()
    }
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join([*above, name])
        if name in done:
            return
        for target in graph.get(name, ()):
            visit(target, (*above, name))
        done.add(name)

    for name in graph:
        visit(name, ())


def test_public_names_exist_and_are_sorted():
    assert corpuskit.__all__ == sorted(corpuskit.__all__)
    for name in corpuskit.__all__:
        assert getattr(corpuskit, name) is not None
    with pytest.raises(AttributeError, match="nothing_like_this"):
        _ = corpuskit.nothing_like_this


@pytest.mark.parametrize("room", ["clean", "dedup", "stats", "write"])
def test_room_answers_the_call_of_its_own_name(room):
    module = importlib.import_module(f"corpuskit.{room}")
    assert callable(module)
    assert callable(getattr(module, room))
    assert getattr(corpuskit, room) is module


CONTEXT = click.Context(commands)
NAMES = commands.list_commands(CONTEXT)


@pytest.mark.parametrize("name", NAMES)
def test_overview_shows_the_first_line_of_each_help(name):
    command = commands.get_command(CONTEXT, name)
    assert command.name == name
    overview = " ".join(commands.get_help(CONTEXT).split())
    assert command.help.splitlines()[0] in overview


@pytest.mark.parametrize("name", NAMES)
def test_help_ends_with_an_example_of_two_commands(name):
    command = commands.get_command(CONTEXT, name)
    text = command.get_help(click.Context(command, info_name=f"corpuskit {name}"))
    head, _, example = text.partition("Example:")
    assert head.strip()
    lines = [line.strip() for line in example.strip().splitlines()]
    assert len(lines) == 2
    assert all(line.startswith("corpuskit ") for line in lines)


def test_only_cli_and_render_import_click_or_rich():
    for path in MODULES:
        room = room_of(module_name(path))
        if room in ("cli", "render"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not {n.split(".")[0] for n in names} & {"click", "rich"}, path


def test_help_loads_nothing_heavy():
    code = (
        "import sys, corpuskit.cli.main as m\n"
        "m.run_command(['--help'])\n"
        "heavy = {'numpy', 'rich', 'selectolax', 'bs4', 'yaml', 'chardet', 'eldc',\n"
        "         'msgspec', 'pycld2', 'langdetect', 'ftfy', 'pyarrow'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"


def test_importing_the_package_is_cheap():
    code = "import sys, corpuskit; print(len([m for m in sys.modules if '.' in m]))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 30


def test_base_install_is_small_and_named_in_setup_cfg():
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    base = config["options"]["install_requires"].split("\n")
    names = [line.split(">=")[0].split(";")[0].strip() for line in base if line]
    for wanted in ("click", "rich", "chardet", "beautifulsoup4", "langdetect"):
        assert wanted in names
    assert len(names) <= 14
