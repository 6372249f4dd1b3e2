"""The benchmark runs; its figures are for people."""

from tests.bench.__main__ import TODAY, generated, main
from timeline.layout.viewport import opening
from tracker.vocabulary import Zoom


def test_the_benchmark_prints_a_line_for_everything_it_measures(capsys):
    main(["--quick"])
    measured = [line for line in capsys.readouterr().out.splitlines() if " ms" in line]
    assert [line.split(":")[0].split(" of ")[0] for line in measured] == [
        "layout, decade",
        "layout, year",
        "layout, decade",
        "layout, year",
        "query",
    ]
    # Two times and their ratio.
    assert all(float(line.split()[-1]) > 0 and line.count(" ms") == 2 for line in measured)


def test_its_events_are_the_same_in_every_run_and_all_within_the_decade():
    briefs, decade = generated(130), opening(TODAY, Zoom.DECADE)
    assert briefs == generated(130)
    assert all(decade.shows(brief.date) for brief in briefs)
