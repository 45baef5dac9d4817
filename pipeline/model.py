"""The values that travel from room to room. Frozen, without work of their own.

``Source → Document → Report → Paragraph`` with ``Fact`` and ``Honour`` marks, then ``Reading`` or
``Failure``. Every mark holds a ``Span`` into ``Document.text``: the span is the truth, and nothing
stores a copy of text that it can point at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal, NamedTuple

Role = Literal["heading", "overview", "achievement", "problem", "plan", "closing", "other"]
Approx = Literal["exact", "more", "near", "about", "over", "at_least", "at_most", "range", "vague"]
FactKind = Literal["achieved", "target", "norm", "change", "baseline"]
Per = Literal["day", "week", "month", "quarter", "year"]
Direction = Literal["up", "down"]
State = Literal["ok", "empty", "needs_ocr", "partial", "failed", "skipped", "gone"]
BlockKind = Literal[
    "text",  # an ordinary paragraph
    "heading",  # the file itself says so (outline level, <h1>)
    "row",  # a table row, cells joined by one TAB
    "note",  # foot- or endnote, after the body
    "residue",  # what a web page wraps around its article; a paragraph, always role `other`
    "header",  # running head   } outside the paragraphs
    "footer",  # running foot   }
    "page",  # page number    }
]
OUTSIDE: frozenset[str] = frozenset({"header", "footer", "page"})


class Span(NamedTuple):
    """Half-open ``[start, end)`` in characters of a text; a named tuple, for every mark has one or two.

    >>> Span(2, 6).of("上半年集中学习28次")
    '年集中学'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as found: the path that people see and the sha256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Block:
    """One line of ``Document.text``, stripped; ``level`` is the file's own outline level (1 = top, 0 = none).

    A table row knows its ``cells`` and the cells of the table's ``head`` row (empty in the head row itself).
    """

    span: Span
    kind: BlockKind = "text"
    level: int = 0
    page: int = 0
    cells: tuple[Span, ...] = ()
    head: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says: ``text`` is its blocks joined by newlines, list labels restored, nothing cleaned away.

    ``reader`` is the name of the reader, ``steps`` what was done that changes text (``join_lines`` …),
    ``quality`` the share of characters that are plausible text, ``partial`` the cause when not all was read.
    """

    source: Source
    reader: str
    text: str
    blocks: tuple[Block, ...]
    steps: tuple[str, ...] = ()
    quality: float = 1.0
    partial: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why something is believed: the words and where they stand (``span`` only for ``where == "text"``)."""

    words: str
    where: Literal["text", "file", "folder", "pin", "inferred"]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A value that a report says of itself, with its evidence and a score in 0…1."""

    value: str
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The unit that reports. Unknown parts are None: evidence or nothing."""

    town: str | None = None
    county: str | None = None
    city: str | None = None
    province: str | None = None
    code: str | None = None
    score: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """The time a report covers: inclusive ISO dates or None; ``label`` as 2023年 / 2014年上半年 / 上半年."""

    label: str | None = None
    start: str | None = None
    end: str | None = None
    year: int | None = None
    half: int | None = None
    inferred: bool = False
    score: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report. Section 0 is the report itself; ``parent`` is an index, -1 for section 0.

    ``number`` is the label as written (``一、``, ``（二）``, empty when none), ``level`` counts from 1,
    ``heading`` is the heading's span, ``span`` the whole section with its subsections, ``body`` what follows
    the heading up to the first subsection.
    """

    number: str
    level: int
    parent: int
    heading: Span | None
    span: Span
    body: Span


@dataclass(frozen=True, slots=True)
class RunIn:
    """A heading inside a paragraph: ``（一）抓实中心组学习。`` or an inner ``一是``; ``number`` as written."""

    span: Span
    number: str
    level: int


@dataclass(frozen=True, slots=True)
class Label:
    """A role or a topic: always the best name, its score, whether to rely on it, the top three, and why.

    ``decided_by`` is ``model``, ``rule`` or ``person``; ``words`` are the ones that decided.
    """

    name: str
    score: float
    sure: bool
    top: tuple[tuple[str, float], ...] = ()
    decided_by: str = "model"
    words: tuple[str, ...] = ()


class Fact(NamedTuple):
    """A quantity with its meaning, by CONVENTIONS 4. ``low``/``high`` None = unbounded; values in the base unit.

    ``object`` is the shortest phrase that is counted. ``rule`` names the pattern that found it; ``score`` in
    0…1. ``indicator`` and ``dimensions`` say what it is comparable with; ``scope`` whose number it is (town,
    office, village, each, superior, other); ``authority`` self or announced; ``period`` the clause's own time.
    A named tuple, not a frozen dataclass as the rest: there are hundreds in a report, and one is made in a sixth of
    the time.
    """

    span: Span
    low: Decimal | None
    high: Decimal | None
    unit: str
    approx: Approx
    kind: FactKind
    object: str
    per: Per | None = None
    direction: Direction | None = None
    sentence: Span = Span(0, 0)
    rule: str = ""
    score: float = 1.0
    scope: str = "town"
    authority: str = "self"
    period: Period | None = None
    indicator: str | None = None
    indicator_score: float = 0.0
    indicator_reason: str = ""
    dimensions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Honour:
    """A prize, title or rank, by CONVENTIONS 5; the span leaves out the verb and quotation marks."""

    span: Span
    name: str
    level: str | None = None
    rank: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One non-blank line. ``section`` is an index into the report's sections; ``is_heading`` is structure's word.

    ``cells``/``head`` are a table row's own cells and its head row's; ``run_ins`` the headings inside.
    ``words`` (joined they are the text), ``role``, ``topic``, ``facts`` and ``honours`` are there after ``annotate``.
    """

    span: Span
    section: int
    kind: BlockKind = "text"
    is_heading: bool = False
    run_ins: tuple[RunIn, ...] = ()
    cells: tuple[Span, ...] = ()
    head: tuple[Span, ...] = ()
    words: tuple[str, ...] = ()
    role: Label | None = None
    topic: Label | None = None
    facts: tuple[Fact, ...] = ()
    honours: tuple[Honour, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a document: what it says of itself, its sections (a tree by ``parent``), its paragraphs.

    ``kind`` is summary, plan, summary_plan, report, profile, notice or other. ``version`` is 初稿, 定稿 … as found.
    """

    document: Document
    span: Span
    title: Stated | None
    town: Place
    period: Period
    kind: Stated
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    issuer: Stated | None = None
    published: Stated | None = None
    as_of: Stated | None = None
    version: Stated | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read: its reports, and the loose paragraphs that belong to none (web residue)."""

    document: Document
    reports: tuple[Report, ...]
    loose: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not: what state, which cause (one word), and a sentence for people."""

    source: Source
    state: State
    cause: str
    message: str


# --- settings: what `settings` makes of the YAML in configs/, ready for the rooms -------------------------------


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost before it is given up: seconds, megabytes of memory, of file, of text."""

    seconds: float = 60.0
    memory_mb: int = 1024
    file_mb: int = 200
    text_mb: int = 20


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read: passwords to try, what one file may cost, whether pictures go to the recogniser.

    ``released`` names files (by file name or by path as listed) that are read although they carry a mark of secrecy.
    """

    passwords: tuple[str, ...] = ()
    limits: Limits = Limits()
    ocr: bool = True
    released: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportingUnit:
    """A unit that owes a report (configs/towns.yaml): town, street, development zone, farm …

    ``aliases`` are further names that files use for it (old name, short name). ``code`` is the official 9-digit
    code or, where there is none, an id of the county's own. ``owes`` False: known by name, not on the roster.
    """

    name: str
    county: str | None = None
    city: str | None = None
    province: str | None = None
    code: str | None = None
    aliases: tuple[str, ...] = ()
    owes: bool = True


@dataclass(frozen=True, slots=True)
class Pin:
    """The user's word for files: ``path`` is a glob on the path as people see it (``*/岚川/*``, ``2019年/*.doc``).

    ``final``: of several drafts of one report this file is the one that counts.
    """

    path: str
    town: str | None = None
    county: str | None = None
    city: str | None = None
    province: str | None = None
    code: str | None = None
    final: bool = False


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """Units that are fairly compared with one another (山区, 城区街道); ``members`` are names, parted by blanks."""

    name: str
    members: str


@dataclass(frozen=True, slots=True)
class Towns:
    """``configs/towns.yaml``: the roster, pins for folders, and the county whose files these are when none says so.

    ``groups`` are the county's own peer groups: they change no row, only what is laid side by side.
    """

    county: str | None = None
    units: tuple[ReportingUnit, ...] = ()
    pins: tuple[Pin, ...] = ()
    groups: tuple[PeerGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """What is known of places: the folder of the gazetteer's tables, and what the user says in towns.yaml."""

    gazetteer: str
    towns: Towns = Towns()


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: ``name`` as stored, its ``dimension``, ``factor`` to that dimension's base, other spellings.

    A value is stored in ``name``; ``factor`` serves only to compare two names of one dimension (公顷 with 亩).
    """

    name: str
    dimension: str
    factor: Decimal = Decimal(1)
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """``configs/units.yaml``: measures, and classifiers by what they count (words parted by blanks, ``写法=名称``).

    Compared by identity, so that what is compiled from it can be remembered.
    """

    measures: tuple[Unit, ...]
    classifiers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Settings:
    """``configs/settings.yaml``, or the file that ``--settings`` names. Each field changes a result; a test shows it.

    ``workers`` 0 = one per core. ``words`` are further word lists (one word a line), ``tables`` a folder whose
    files stand in for those of ``configs/``, ``model`` an own model made by ``zongjie learn``; relative paths are
    taken from the settings file's folder. ``show_personal``: pages and exports show the numbers of persons.
    """

    limits: Limits = Limits()
    passwords: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    ocr: bool = True
    workers: int = 0
    words: tuple[str, ...] = ()
    tables: str = ""
    model: str = ""
    show_personal: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that reports count, so that towns and periods can be laid side by side (configs/indicators.yaml).

    ``definition`` is the 口径: what one unit of it is, what is left out. ``also`` are further units that mean the
    same count, parted by blanks. ``nature`` says whether it is work done or a result, ``flow`` whether it may be
    summed over periods, ``better`` which way is good, ``part_of`` the id of the total it belongs to. ``stage`` and
    ``dimensions`` (level, outlet, star) tell which details are kept. ``cues`` name it for certain, ``weak`` ones
    only beside a word of ``context`` or in its own topic (``a!``: only beside such a word), ``without`` forbid it;
    ``a+b`` needs both, ``=a`` the whole thing counted, ``^a`` the first noun behind the number;
    ``a+#x/y`` is said only of those units.
    ``follows``: ids of what it is the audience or the outcome of; behind another number of the sentence a weak cue
    holds only behind one of theirs (宣讲32场，受众).
    ``strict``: the thing counted must be a cue and modifiers, nothing narrower (民间固定资产投资).
    ``examples`` are lines with 「the thing」 and 【the number】, ``negatives`` lines that must not be taken for it.
    """

    id: str
    name: str
    topic: str
    unit: str
    definition: str
    examples: str
    also: str = ""
    nature: Literal["process", "outcome"] = "process"
    flow: Literal["flow", "stock"] = "flow"
    better: Literal["up", "down", "neither"] = "up"
    part_of: str | None = None
    stage: Literal["submitted", "adopted"] | None = None
    dimensions: str = ""
    cues: str = ""
    weak: str = ""
    context: str = ""
    without: str = ""
    strict: bool = False
    follows: str = ""
    negatives: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Indicators:
    """``configs/indicators.yaml``: the book of indicators and its ``version``.

    ``plain`` are objects that say nothing of their own (活动, 稿件), ``modifiers`` what may stand before them,
    ``around`` what further may stand around a cue that is strict. ``ellipsis`` are the words before a number that
    leaves its object to the number before (其中省级5篇); ``added`` and ``renewed`` those by which a stock's number
    is what came new or was done up, not what there is. ``lacking`` are the words of what is missing (流失, 不达标),
    ``still`` those before a number that is left over (尚有), ``partial`` those that single out some of a stock (慰问).
    ``compounds`` begin like the cue of a place but are another word (村 in 村民小组).
    Compared by identity, so that what is compiled from it can be remembered.
    """

    version: str
    plain: str
    modifiers: str
    around: str
    ellipsis: str
    added: str
    renewed: str
    indicators: tuple[Indicator, ...]
    lacking: str = ""
    still: str = ""
    partial: str = ""
    compounds: str = ""


@dataclass(frozen=True, slots=True)
class Outlets:
    """Media of one level: ``signs`` name it before 级 or 媒体, ``words`` by themselves, ``outlets`` are names."""

    level: Literal["中央", "省", "地市", "县", "镇"]
    signs: str
    words: str = ""
    outlets: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Media:
    """``configs/media.yaml``: outlets by level, name endings that tell one (``日报=地市``), words of the two stages.

    ``submitted`` (投稿, 报送) and ``adopted`` (刊播, 采用) are the words that part the two.
    Compared by identity, so that what is compiled from it can be remembered.
    """

    version: str
    levels: tuple[Outlets, ...]
    suffixes: str
    submitted: str
    adopted: str


@dataclass(frozen=True, slots=True)
class FactContext:
    """What is known around a paragraph when its facts are sought; every field may be left at its default.

    ``role`` is the paragraph's own (the model may be wrong), ``section_role`` that of its section's heading.
    ``cells`` are a table row's cells (spans relative to the text) and ``head`` the texts of the head row's cells.
    ``words`` are the cutter's (word, start) pairs; ``year`` is the report's, ``half`` the half-year it ends with
    (2 for a whole year): in a report of a second half 下半年 lies behind, and a plan's 上半年 ahead.
    ``is_borne_out``: the report looks ahead in this paragraph or before, or is a plan altogether. ``is_settled``: a
    person said the role, and the paragraph's words do not correct it.
    """

    role: str = "achievement"
    topic: str = "general"
    section_role: str | None = None
    cells: tuple[Span, ...] = ()
    head: tuple[str, ...] = ()
    words: Sequence[tuple[str, int]] = ()
    town: str | None = None
    county: str | None = None
    year: int | None = None
    half: int | None = None
    is_borne_out: bool = True
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class CounterExample:
    """A text that looks like one category and is another: ``label`` is the right one's id."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Category:
    """A role or a topic in ``configs/categories.yaml``: its Chinese name, what it is, words that hint at it.

    ``also`` are other names and ids that mean the same, parted by blanks: texts labelled with them teach this one.
    ``parent`` makes it a county's own label for a standard one: it is understood wherever a label is read (training
    texts, corrections, questions), its cues and examples teach the standard one, which is what rows hold.
    ``examples`` are whole paragraphs, training material like the corpora; so are ``counter_examples``.
    """

    name: str
    definition: str
    cues: str = ""
    also: str = ""
    parent: str | None = None
    examples: tuple[str, ...] = ()
    counter_examples: tuple[CounterExample, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Categories:
    """``configs/categories.yaml``: the roles and the topics, in their order. Compared by identity."""

    roles: Mapping[str, Category]
    topics: Mapping[str, Category]


@dataclass(frozen=True, slots=True)
class Configured:
    """All settings, ready for the rooms; ``files`` are those that they were read from."""

    settings: Settings
    reading: ReadOptions
    units: Units
    indicators: Indicators
    media: Media
    categories: Categories
    places: Places
    words: tuple[str, ...]
    model: str
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """``configs/synonyms.yaml``: each group is words that may stand for one another, parted by blanks."""

    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expired:
    """One line of ``configs/wording.yaml``: a wording that was right in its time.

    ``words`` are its spellings parted by blanks, ``since``/``until`` ISO dates (YYYY, YYYY-MM or YYYY-MM-DD) of its
    time; after ``until`` (plus ``grace`` years, in which a look back is natural) it is marked. ``instead`` is what to
    say now, ``source`` where that is laid down. ``kind`` groups them for people. ``unless`` are words in the same
    sentence that make it right (原, 前身, 以来).
    """

    words: str
    kind: Literal["slogan", "congress", "campaign", "agency", "town", "law", "term"]
    until: str
    instead: str
    source: str
    since: str = ""
    grace: int = 0
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """``configs/wording.yaml``: expired wording, and the standard parts that a kind of report has."""

    version: str
    expired: tuple[Expired, ...]
    history: str = ""


# --- plans of single commands: an export, a form, scoring rules ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One table to export: ours (``table``), the other system's name for it (``to``), and what of it is wanted.

    ``columns`` are our column: theirs; empty = all of ours under our names. ``where`` keeps the rows whose column holds
    one of these values.
    """

    table: str
    to: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """The mapping of ``zongjie export``: its tables (none = all of ours); what becomes of rows whose source is gone."""

    tables: tuple[ExportTable, ...] = ()
    gone: Literal["delete", "mark"] = "delete"


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell of a form: which indicator goes there. ``town`` and ``period`` stand in for those of the command.

    ``indicator`` is an id or a name, ``dimensions`` as stored (``level=市;stage=adopted``). ``value``: the ``number``
    when it is exact and else the words, its lower or upper bound, or always the words.
    """

    cell: str
    indicator: str
    dimensions: str = ""
    sheet: str = ""
    town: str = ""
    period: str = ""
    value: Literal["number", "low", "high", "text"] = "number"


@dataclass(frozen=True, slots=True)
class FormGrid:
    """A table of a form: the towns' names stand in ``towns`` (``A5:A30``), ``columns`` say what goes beside them.

    Each column letter has an indicator, with ``@`` and its dimensions where it has some (``刊播采用@level=市``).
    """

    towns: str
    columns: Mapping[str, str]
    sheet: str = ""
    period: str = ""
    value: Literal["number", "low", "high", "text"] = "number"


@dataclass(frozen=True, slots=True)
class Form:
    """``--mapping`` of ``zongjie fill``: single cells and tables of the county's own form."""

    cells: tuple[FormCell, ...] = ()
    grids: tuple[FormGrid, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """One line of a county's scoring rules. ``points`` by level (``""`` = without one), for each one counted.

    ``cap`` is the most that the item gives, ``base`` what it starts with, ``deduct`` takes the points away. ``once``:
    every article counts at its highest level only, so that the levels together are no more than the total.
    """

    name: str
    indicator: str
    points: Mapping[str, Decimal]
    cap: Decimal | None = None
    base: Decimal = Decimal(0)
    deduct: bool = False
    once: bool = False
    stage: str = ""


@dataclass(frozen=True, slots=True)
class ScoreRules:
    """A county's scoring rules, for a town's draft of its self-assessment; never a final score."""

    title: str
    items: tuple[ScoreItem, ...]
