"""When a file is complete, told by a clock that the test holds."""

from __future__ import annotations

from services.ingest.arrivals import Arrivals
from services.ingest.scan import Sample


def sample(size: int, modified: int = 0, arrived: float = 0.0) -> Sample:
    """Return how a file looks."""
    return Sample(size=size, modified_ns=modified, inode=1, arrived=arrived)


def test_a_file_is_complete_when_it_looked_the_same_twice() -> None:
    """One look is not enough, and neither are two too close to each other."""
    arrivals = Arrivals(stable_for=0.15)
    assert arrivals.observe({"a.txt": sample(5)}, now=10.0) == []
    assert arrivals.next_due(10.0) == 10.15
    assert arrivals.observe({"a.txt": sample(5)}, now=10.1) == []
    assert arrivals.observe({"a.txt": sample(5)}, now=10.15) == ["a.txt"]


def test_a_change_starts_the_wait_anew_however_often() -> None:
    """A slow writer is waited for, never given up."""
    arrivals = Arrivals(stable_for=0.15)
    for step in range(1, 1000):
        assert arrivals.observe({"a.txt": sample(step)}, now=step * 0.14) == []
    assert arrivals.observe({"a.txt": sample(999)}, now=999 * 0.14 + 0.15) == ["a.txt"]


def test_a_write_that_keeps_the_size_is_a_change() -> None:
    """The time of modification counts as well as the size."""
    arrivals = Arrivals(stable_for=0.15)
    arrivals.observe({"a.txt": sample(5, modified=1)}, now=0.0)
    assert arrivals.observe({"a.txt": sample(5, modified=2)}, now=0.2) == []


def test_an_empty_file_is_given_longer() -> None:
    """Many programs create a file some time before they write to it."""
    arrivals = Arrivals(stable_for=0.15)
    arrivals.observe({"a.txt": sample(0)}, now=0.0)
    assert arrivals.observe({"a.txt": sample(0)}, now=1.0) == []
    assert arrivals.observe({"a.txt": sample(0)}, now=1.5) == ["a.txt"]


def test_a_file_that_left_and_came_back_is_new() -> None:
    """What another worker took and somebody dropped again starts anew."""
    arrivals = Arrivals(stable_for=0.15)
    arrivals.observe({"a.txt": sample(5)}, now=0.0)
    arrivals.observe({}, now=0.1)
    assert arrivals.next_due(0.1) is None
    assert arrivals.observe({"a.txt": sample(5)}, now=0.2) == []


def test_the_oldest_comes_first() -> None:
    """Files are read in the order in which they arrived."""
    arrivals = Arrivals(stable_for=0.15)
    files = {"b": sample(1, arrived=3.0), "a": sample(1, arrived=5.0), "c": sample(1, arrived=1.0)}
    arrivals.observe(files, now=0.0)
    assert arrivals.observe(files, now=0.2) == ["c", "b", "a"]
