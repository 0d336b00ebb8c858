"""How soon what died is started again."""

from __future__ import annotations

import signal

from communique.machine.backing_off import BackOff

KILLED = -signal.SIGKILL


def test_what_is_killed_again_and_again_is_back_at_once_each_time() -> None:
    """Every two seconds somebody kills it: it was well, so it does not wait longer and longer."""
    back_off = BackOff()
    assert [back_off.pause(KILLED, up_for=0.5) for _ in range(20)] == [0.1] * 20


def test_a_crash_loop_becomes_slow() -> None:
    """What dies of itself as soon as it is ready waits longer each time, up to ten seconds."""
    back_off = BackOff()
    pauses = [back_off.pause(1, up_for=0.5) for _ in range(9)]
    assert pauses[:4] == [0.1, 0.2, 0.4, 0.8]
    assert pauses[-1] == 10.0


def test_what_never_comes_up_waits_longer_too() -> None:
    """It may be what it does at its start."""
    back_off = BackOff()
    pauses = [back_off.pause(1, up_for=None) for _ in range(9)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 10.0


def test_what_is_killed_before_it_comes_up_waits_two_seconds_at_most() -> None:
    """On a busy machine whoever kills every few seconds would else keep it down for ever."""
    back_off = BackOff()
    pauses = [back_off.pause(KILLED, up_for=None) for _ in range(9)]
    assert pauses[:3] == [0.1, 0.2, 0.4]
    assert pauses[-1] == 2.0


def test_one_good_life_forgives_a_crash_loop() -> None:
    """A death after minutes of work is the first again."""
    back_off = BackOff()
    for _ in range(9):
        back_off.pause(1, up_for=None)
    assert back_off.pause(1, up_for=60) == 0.1
