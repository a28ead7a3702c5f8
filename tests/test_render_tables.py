import io
from collections import Counter

import pytest
from rich.cells import cell_len
from rich.console import Console

from corpuskit.document import Document, Metadata
from corpuskit.render import (
    Cluster,
    Member,
    Uncertain,
    cluster_rows,
    clusters_of,
    clusters_table,
    languages_table,
    make_progress,
    run_summary,
    stats_tables,
)
from corpuskit.run.pipeline import Report
from corpuskit.run.tally import Tally
from corpuskit.stats import stats

NAMES = {"zh-Hans": "简体中文", "ja": "日本語", "": "none"}
WIDTHS = [20, 36, 56, 80, 200]


def shown(renderable, width=80, encoding="utf-8"):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
    Console(file=stream, width=width, markup=False, emoji=False).print(renderable)
    stream.flush()
    return raw.getvalue().decode(encoding)


def named(tag):
    return f"{NAMES.get(tag, tag)} ({tag})"


def corpus():
    yield Document(
        id="a#0",
        language="zh-Hans",
        created="20220616T000000Z",
        source="甲",
        cluster="a#0",
        metadata=Metadata(encoding="gb18030", media_type="text/html", site="[b]x[/b]"),
    ).with_text("中文文字" * 300)
    yield Document(id="b#0", language="ja", source="乙").with_text("かな\ufffd")
    yield Document(id="c#0", cluster="a#0").dropped("dedup.near")
    yield Document(id="d#0").dropped("read.binary")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("by", ["", "language", "site", "views"])
def test_stats_tables_cut_nothing(width, by):
    output = shown(stats_tables(stats(corpus(), by=by), name=named), width)
    assert "…" not in output
    assert max(map(cell_len, output.splitlines())) <= width
    squeezed = "".join(output.split())
    for part in (
        "简体中文",
        "(zh-Hans)",
        "1,203",
        "gb18030",
        "dedup.near",
        "2022",
        "median",
    ):
        assert part in squeezed


def test_stats_tables_say_it_in_order():
    output = shown(stats_tables(stats(corpus(), by="site"), name=named))
    lines = [line.rstrip() for line in output.splitlines()]
    assert lines[0].split() == ["documents", "2", "2", "more", "dropped"]
    assert lines[4].split() == ["damaged", "1", "characters", "in", "1", "document"]
    assert lines[5].split() == ["duplicates", "1", "dropped,", "in", "1", "cluster"]
    assert lines[6].split() == ["dated", "1", "2022-06-16", "to", "2022-06-16"]
    headings = [line for line in lines if line and line[0] != " "]
    assert headings[7:14] == [
        "languages",
        "encodings",
        "types",
        "sources",
        "years",
        "dropped, by reason",
        "characters per document",
    ]
    assert lines[-2].startswith("[b]x[/b]")


def test_stats_tables_of_nothing():
    lines = shown(stats_tables(stats([]))).split()
    assert lines[:2] == ["documents", "0"]
    assert "percentiles" not in lines


def test_stats_tables_fit_an_ascii_output():
    plain = [Document(id="a#0", language="en").with_text("plain")]
    assert "####" in shown(stats_tables(stats(plain)), encoding="ascii")


def test_groups_name_the_greatest_and_count_the_rest():
    documents = [
        Document(id=f"{n}#0", source=f"s{n}").with_text("x" * (100 - n))
        for n in range(30)
    ]
    output = shown(stats_tables(stats(documents, by="source")))
    table = output[output.index("by source") :].splitlines()
    assert table[1].split()[0] == "s0"
    assert table[-1].split() == ["and", "10", "more"]


@pytest.mark.parametrize("width", WIDTHS)
def test_languages_table(width):
    doubts = [Uncertain(f"{n}/\x1b[31m新闻.html#0", "ja", 0.456) for n in range(23)]
    output = shown(
        languages_table({"ja": 1, "zh-Hans": 3}, uncertain=doubts, name=named), width
    )
    squeezed = "".join(output.split())
    assert squeezed.startswith("languages简体中文")
    assert squeezed.endswith("and3more4documents")
    assert "0.46日本語(ja)" in squeezed
    assert "…" not in output
    assert "\x1b" not in output


def test_languages_with_one_name_stay_apart():
    output = shown(languages_table({"ja": 2, "jpn": 1}, name=lambda tag: "日本語"))
    assert output.count("日本語") == 2


DUPLICATES = [
    Document(id="a", cluster="a"),
    Document(id="b", cluster="a").with_extra(similarity=0.934).dropped("dedup.near"),
    Document(id="c", cluster="a").dropped("dedup.exact"),
    Document(id="x"),
    Document(id="y", cluster="旧").dropped("dedup.near"),
]


def test_clusters_of_marked_documents():
    assert clusters_of(DUPLICATES) == [
        Cluster(
            "a", (Member("b", "dedup.near", 0.934), Member("c", "dedup.exact", 1.0))
        ),
        Cluster("旧", (Member("y", "dedup.near", 1.0),)),
    ]


def test_clusters_table():
    assert shown(clusters_table(clusters_of(DUPLICATES))).splitlines() == [
        "a",
        "  0.93  dedup.near   b",
        "  1.00  dedup.exact  c",
        "旧",
        "  1.00  dedup.near  y",
        "3 duplicates in 2 clusters",
    ]


def test_clusters_table_names_the_largest():
    clusters = [
        Cluster(f"k{n}", tuple(Member(f"{n}.{m}", "dedup.near", 0.9) for m in range(n)))
        for n in range(1, 31)
    ]
    lines = shown(clusters_table(clusters)).splitlines()
    assert lines[0] == "k30"
    assert lines[6] == "  and 25 more"
    assert lines[-2:] == ["and 10 more clusters", "465 duplicates in 30 clusters"]


def test_cluster_rows_name_the_kept_member_first():
    rows = list(cluster_rows(clusters_of(DUPLICATES)))
    assert [row["id"] for row in rows] == ["a", "b", "c", "旧", "y"]
    assert [row["keep"] for row in rows] == [True, False, False, True, False]
    assert rows[1] == {
        "cluster": "a",
        "id": "b",
        "keep": False,
        "reason": "dedup.near",
        "similarity": 0.934,
    }


def report(**counts):
    tally = Tally(
        documents=2045,
        kept=2000,
        reasons=Counter({"clean.empty": 5, "dedup.near": 40}),
        languages=Counter({"ja": 500, "zh-Hans": 1500}),
    )
    return Report(tally=tally, peak_bytes=123_456_789, wall_s=12.0, **counts)


def test_run_summary():
    written = ("out/documents.jsonl", "out/[x].txt")
    summary = shown(run_summary(report(), written=written, name=NAMES.get))
    lines = [line.rstrip() for line in summary.splitlines()]
    assert lines[1].split()[:2] == ["in", "2,045"]
    assert lines[2].split()[:4] == ["kept", "2,000", "97.8", "%"]
    assert lines[6].split()[:4] == ["简体中文", "1,500", "75.0", "%"]
    assert lines[10].split()[:2] == ["dedup.near", "40"]
    assert lines[13] == "written: out/documents.jsonl, out/[x].txt"
    assert lines[14] == "12 s, 170 documents/s, 123 MB memory at most"


def test_run_summary_of_nothing():
    lines = shown(run_summary(Report())).splitlines()
    assert lines[1].split() == ["in", "0"]
    assert lines[-1] == "0.0 s"


def test_run_summary_without_languages_leaves_them_out():
    unknown = Report(tally=Tally(documents=3, kept=3, languages=Counter(und=3)))
    assert "languages" not in shown(run_summary(unknown))


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def run_phases(console, clock, seconds):
    from corpuskit.render import Progress

    with Progress(console, clock=clock) as progress:
        for name in ("read", "write"):
            progress.phase(name, 4)
            for _ in range(4):
                clock.now += seconds
                progress.advance()


def test_progress_shows_bars_for_long_work_on_a_terminal():
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=100)
    run_phases(console, Clock(), 1.0)
    assert "read" in stream.getvalue()
    assert "4/4" in stream.getvalue()


@pytest.mark.parametrize(("terminal", "seconds"), [(False, 10.0), (True, 0.01)])
def test_progress_is_silent_elsewhere(terminal, seconds):
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=terminal, width=100)
    run_phases(console, Clock(), seconds)
    assert stream.getvalue() == ""


def test_progress_without_a_console_or_a_wish():
    with make_progress(None) as progress:
        progress.phase("read")
        progress.advance(5)
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True)
    with make_progress(console, wanted=False) as progress:
        progress.phase("read", 1)
        progress.advance()
    assert stream.getvalue() == ""
