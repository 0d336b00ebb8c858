"""Coalitions of one's own, by files alone: `COMMUNIQUE_COALITIONS`."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.extract.lexicon import checking, read_surfaces
from services.extract.pipeline import Extractor
from shared.errors import SettingsError
from shared.record import Record, SourceFile

OURS = Path(checking.__file__).parent / "coalitions"
HEAD = "kind: coalition\nany_language: true\nentries:\n"
GOOD = (
    HEAD
    + """\
  gulf-of-guinea-pact:
    name: Gulf of Guinea Patrol Pact
    members: [GH, NG, TG]
    en: [Gulf of Guinea Patrol Pact]
    fr: ["Pacte de patrouille du golfe de Guinée"]
    ar: [ميثاق دوريات خليج غينيا]
"""
)


def read(text: str, folder: Path | None = None) -> Record:
    """Read a text with the coalitions of a folder."""
    file = SourceFile(id="0", name="a.txt", sha256="0", size=len(text))
    return Extractor.load(folder).extract(file, text)


@pytest.mark.parametrize(
    "text",
    [
        "Defence ministers of the Gulf of Guinea Patrol Pact met in Accra on 3 March 2025. "
        "They agreed to share radar pictures.",
        "Les ministres de la Défense du Pacte de patrouille du golfe de Guinée se sont réunis le 3 "
        "mars 2025 à Accra. Ils ont convenu de partager leurs images radar.",
        "عقد وزراء دفاع دول ميثاق دوريات خليج غينيا اجتماعهم في أكرا يوم 3 مارس 2025، واتفق "
        "الوزراء على تبادل صور الرادار.",
    ],
)
def test_a_file_adds_a_coalition_in_three_languages(tmp_path: Path, text: str) -> None:
    """What only a user's file names has its meeting read; without the file it is not known."""
    (tmp_path / "pact.yaml").write_text(GOOD, "utf-8")
    record = read(text, tmp_path)
    assert record.coalition is not None
    assert record.coalition.id == "gulf-of-guinea-pact"
    assert record.kind == "statement"
    assert record.meeting is not None
    assert record.meeting.city == "Accra"
    without = read(text)
    assert without.coalition is None or without.coalition.id != "gulf-of-guinea-pact"


def test_a_file_adds_a_name_to_a_coalition_that_is_known(tmp_path: Path) -> None:
    """A newsroom's own name for a coalition leads to the same id as the official one."""
    names = HEAD + "  imctc:\n    en: [the Riyadh anti-terror pact]\n"
    (tmp_path / "names.yaml").write_text(names, "utf-8")
    text = "Defence ministers of the Riyadh anti-terror pact met and agreed to meet again."
    record = read(text, tmp_path)
    assert record.coalition is not None
    assert record.coalition.id == "imctc"
    assert record.coalition.evidence[0].text.endswith("Riyadh anti-terror pact")


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("", 1, "the file is empty"),
        ("- a\n- b\n", 1, "a coalition file is a mapping with kind and entries"),
        ("kind: coalition\nentries: [\n", 3, "no YAML"),
        ("kind: office\nentries:\n  a-b:\n    en: [Some Pact]\n", 1, "kind must be coalition"),
        ("kind: coalition\nentries:\n", 2, "entries must name a coalition"),
        ("kind: coalition\nentrys:\n  a: 1\n", 2, "entrys: unknown; a file has kind"),
        (HEAD + "  a-b:\n    name: A B\n", 4, "a-b: no spelling to look for"),
        (HEAD + "  A B:\n    en: [Some Pact]\n", 4, "A B: an id has small letters"),
        (HEAD + "  a-b:\n    en: Some Pact\n", 5, "en: must be a list of spellings"),
        (HEAD + "  a-b:\n    en: [a]\n", 5, "en: 'a' is too short"),
        (HEAD + "  a-b:\n    en: [Some Pact]\n    members: [SA, UK]\n", 6, "'UK' is no ISO 3166-1"),
        (HEAD + "  a-b:\n    en: [Some Pact]\n    members: [NO]\n", 6, 'NO must be written "NO"'),
        (HEAD + "  a-b:\n    en: [Some Pact]\n    weight: heavy\n", 6, "weight: must be a num"),
        (HEAD + "  a-b:\n    en: [Some Pact]\n    wikidata: 77\n", 6, "wikidata: must be a Wiki"),
        (HEAD + "  a-b:\n    en: [Some Pact]\n    englsh: [x]\n", 6, "englsh: unknown; an entry"),
        (HEAD + "  a-b: Some Pact\n", 4, "a-b: must be a mapping"),
    ],
)
def test_a_bad_file_is_told_in_one_line_at_the_start(
    tmp_path: Path, content: str, line: int, reason: str
) -> None:
    """File, line and reason; nothing is loaded from a folder that has a bad file."""
    path = tmp_path / "mine.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(SettingsError) as error:
        Extractor.load(tmp_path)
    said = str(error.value)
    assert said.startswith(f"{path}, line {line}: ")
    assert reason in said
    assert "\n" not in said


def test_bytes_that_are_no_text_and_empty_folders_are_told_too(tmp_path: Path) -> None:
    """A missing folder, an empty one and a file in another encoding are one line each."""
    with pytest.raises(SettingsError, match="is no folder: mend or unset it"):
        Extractor.load(tmp_path / "gone")
    with pytest.raises(SettingsError, match=r"holds no \*.yaml file"):
        Extractor.load(tmp_path)
    (tmp_path / "bad.yaml").write_bytes("kind: coalition # é".encode("latin-1"))
    with pytest.raises(SettingsError, match="cannot be read"):
        Extractor.load(tmp_path)


@pytest.mark.parametrize("path", sorted(OURS.glob("*.yaml")), ids=lambda path: path.stem)
def test_our_own_files_keep_the_same_rules(path: Path) -> None:
    """Each of our coalition files could be a user's, and says in its head what it holds."""
    checking.check_coalitions(path)
    assert path.read_text("utf-8").startswith("# ")


def test_twenty_five_coalitions_and_more_are_known() -> None:
    """As many have a name in each language; those of one region only may lack one."""
    names = [surface for surface in read_surfaces(OURS) if surface.kind == "coalition"]
    assert len({surface.id for surface in names}) >= 25
    arabic = {surface.id for surface in names if surface.lang == "ar"}
    latin = {surface.id for surface in names if surface.lang != "ar"}
    assert len(arabic & latin) >= 25
