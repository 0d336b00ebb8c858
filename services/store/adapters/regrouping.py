"""Deciding again on meetings together: which they are, what was ruled of them, whose ids stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from services.store.adapters import archive, docket, gallery, index
from services.store.adapters.bench import Bench
from services.store.adapters.settlement import Finding, Heirs, Settlement
from services.store.adapters.speaking import silence
from services.store.allotment import Allotment, Standing, allot
from services.store.meetings import resolve
from services.store.rulings import Word, word_of
from services.store.witness import Witness
from shared.meeting import Cause


def regroup(
    bench: Bench,
    names: Collection[str],
    cause: Cause,
    *,
    gone: Collection[str] = (),
    ruled: Collection[str] = (),
) -> dict[str, str]:
    """Decide again on meetings and all that belong with them; return each document's meeting.

    `gone` are documents that count no more; of `ruled` ones a person's word has changed.
    """
    concerned, word = concerned_by(bench, names, ruled)
    witnesses = bench.witnesses(concerned)
    counting = [witness for name, witness in witnesses.items() if name not in gone]
    finding = resolved(bench, counting, concerned, word)
    alerted = archive.alerted_of(bench.db, concerned)
    silence(bench, gone)
    heirs: Heirs = dict.fromkeys(gone)
    allotment = allotted(bench, finding, alerted, heirs)
    found = index.Found(worn=_worn(bench, counting))
    settlement = Settlement(bench, cause, gone=heirs, found=found, alerted=frozenset(alerted))
    settlement.carry_out(finding, allotment)
    homes = zip(finding.groups, allotment.ids, strict=True)
    return {document_id: name for group, name in homes for document_id in group.reasons}


def concerned_by(
    bench: Bench, names: Collection[str], ruled: Iterable[str] = ()
) -> tuple[set[str], Word]:
    """Have at hand all meetings that must be decided with these, and what persons ruled of them.

    Those are the rivals, and where documents are that a ruling names beside ones of theirs, or
    beside `ruled` documents.
    """
    concerned, named = set(names), set(ruled)
    while True:
        concerned = gallery.rivals_of(bench.db, concerned)
        bench.load(concerned)
        concerned &= bench.known.keys()
        mine = (bench.known[name] for name in concerned if bench.kept[name].ruled)
        named |= {document_id for known in mine for document_id in known.witnesses}
        rulings = docket.rulings_of(bench.db, named) if named else []
        linked = {d for ruling in rulings for d in ruling.documents | ruling.others}
        more = set(archive.homes_of(bench.db, linked, bench.coalitions).values()) - concerned
        if not more:
            return concerned, word_of(rulings)
        concerned |= more


def resolved(
    bench: Bench,
    witnesses: Sequence[Witness],
    concerned: Collection[str],
    word: Word,
    wearing: frozenset[int] = frozenset(),
) -> Finding:
    """Return which of these documents are one meeting; `wearing` marks tell nothing any more."""
    groups = resolve(witnesses, _worn(bench, witnesses) | wearing, word)
    rivals = tuple((min(group.reasons), rival) for group in groups for rival in group.rivals)
    return Finding(groups, frozenset(concerned), rivals, wearing, word, anew=True)


def allotted(bench: Bench, finding: Finding, alerted: Mapping[str, str], heirs: Heirs) -> Allotment:
    """Return which id each group has; `alerted` gives documents that published their meeting."""
    standing = []
    for name in sorted(finding.concerned):
        documents = _replaced(bench.known[name].witnesses, heirs)
        told = _replaced((d for d, home in alerted.items() if home == name), heirs)
        standing.append(Standing(name, bench.kept[name].created_at, documents, told))
    return allot(finding.groups, standing, lambda name: gallery.was_given(bench.db, name))


def _replaced(document_ids: Iterable[str], heirs: Heirs) -> frozenset[str]:
    found = (heirs.get(name, name) for name in document_ids)
    return frozenset(name for name in found if name is not None)


def _worn(bench: Bench, witnesses: Iterable[Witness]) -> frozenset[int]:
    texts = {mark for each in witnesses for mark in each.prints.marks}
    return index.worn_among(bench.db, texts)
