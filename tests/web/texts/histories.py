"""Random histories of a course: edits, translations, publishes, files that leave and come back, on the pure functions
that the site is made of.

`Course` keeps what the tables keep (messages, places, append-only targets, which one is shown) and does what publishing
does with it: it aligns, and shows again a target that was made for a source that came back.
"""

import random
from dataclasses import dataclass, field, replace

from polylect.messages import merging
from polylect.messages.alignment import Standing, align
from polylect.messages.merging import Translation
from polylect.messages.rows import Row, base_of
from polylect_web.texts.models import Verdict
from polylect_web.texts.queries import State, state_of

WORDS = (
    "a",
    "bridge",
    "joins",
    "two",
    "sides",
    "of",
    "the",
    "wide",
    "river",
    "where",
    "people",
    "meet",
    "and",
    "goals",
)
COMMON = ("Yes.", "No.", "Explanation")


@dataclass(frozen=True)
class Target:
    text: str
    source_text: str


@dataclass
class Message:
    """A row: where it stands and what it says, as of the last publish that held it."""

    standing: Standing
    targets: list[Target] = field(default_factory=list)
    suggested: list[Target] = field(default_factory=list)
    shown: Target | None = None
    said: list[tuple[str, str]] = field(default_factory=list)

    @property
    def state(self) -> State:
        return state_of(self.standing.text, self.shown.source_text if self.shown else None, self.said)


@dataclass
class Course:
    """Messages; those of the version before, in reading order, are in `standing`."""

    messages: list[Message] = field(default_factory=list)
    places: dict[tuple[Standing, ...], tuple[int, ...]] = field(default_factory=dict)
    standing: list[int] = field(default_factory=list)

    def publish(self, found: list[Standing], *, is_cosmetic: bool = False) -> None:
        """A block that stood there before, as it is, brings its messages along; the texts of others are aligned."""
        contents = {code: tuple(one for one in found if one.block_code == code) for code in _codes(found)}
        taken = {at for content in contents.values() for at in self.places.get(content, ())}
        fresh = [one for content in contents.values() if content not in self.places for one in content]
        order = [at for at in self.standing if at not in taken]
        gone = [at for at in range(len(self.messages)) if at not in taken and at not in set(self.standing)]
        known = [*(self._known(at, is_gone=False) for at in order), *(self._known(at, is_gone=True) for at in gone)]
        elsewhere = {(self.messages[at].standing.kind, self.messages[at].standing.text) for at in taken}
        numbers = align(known, fresh, elsewhere)
        assert numbers == align(known, fresh, elsewhere)
        aligned, claimed = iter(numbers), set[int]()
        for content in contents.values():
            if content not in self.places:
                self.places[content] = tuple(self._message(next(aligned), [*order, *gone], one) for one in content)
            places = list(self.places[content])
            for number, (at, one) in enumerate(zip(places, content, strict=True)):
                if at in claimed:  # it moved away, and is here again
                    places[number] = self._message(None, [], one)
                else:
                    self._settle(self.messages[at], one, is_cosmetic)
            claimed.update(places)
            self.places[content] = tuple(places)
        self.standing = [at for content in contents.values() for at in self.places[content]]

    def translate(self, at: int, text: str) -> None:
        message = self.messages[at]
        message.shown = Target(text, message.standing.text)
        message.targets.append(message.shown)
        message.said = []

    def leave(self) -> list[Row]:
        """A file with the texts that stand there now, as they are translated."""
        return [self._row(str(at), self.messages[at]) for at in self.standing]

    def come_back(self, file: list[Row]) -> None:
        """Takes a file in. What was written here since it left stays, and nothing is lost."""
        before = {str(at): message.shown for at, message in enumerate(self.messages)}
        held = {str(at) for at, message in enumerate(self.messages) if message.state is not State.OUTDATED}
        merged = merging.merge(file, [self._merged(at) for at in range(len(self.messages))])
        for one in merged:
            if one.translation is None or one.standing is None:
                continue
            message = self.messages[int(one.standing.key)]
            target = Target(one.translation.text, one.translation.made_for)
            if one.is_suggestion:
                message.suggested.append(target)
            else:
                message.targets.append(target)
                message.shown, message.said = target, []
                was = before[one.standing.key]
                assert was is None or one.standing.key not in held or one.row.base == base_of(was.text)
        again = merging.merge(file, [self._merged(at) for at in range(len(self.messages))])
        assert all(one.translation is None for one in again)

    def _row(self, key: str, message: Message) -> Row:
        text, outdated = (message.shown.text if message.shown else ""), message.state is State.OUTDATED
        made_for = message.shown.source_text if message.shown and outdated else ""
        return Row(key=key, source=message.standing.text, text=text, made_for=made_for, base=base_of(text))

    def _merged(self, at: int) -> merging.Standing:
        message = self.messages[at]
        written = {Translation(one.text, one.source_text) for one in (*message.targets, *message.suggested)}
        current = Translation(message.shown.text, message.shown.source_text) if message.shown else None
        return merging.Standing(
            str(at),
            f"{message.standing.block_code}|{message.standing.role}",
            message.standing.text,
            current=current,
            holds=message.state not in (State.OUTDATED, State.MISSING),
            others=frozenset(written - {current}),
        )

    def _message(self, number: int | None, order: list[int], one: Standing) -> int:
        if number is not None:
            return order[number]
        self.messages.append(Message(one))
        return len(self.messages) - 1

    def _settle(self, message: Message, one: Standing, is_cosmetic: bool) -> None:
        held = message.state not in (State.OUTDATED, State.MISSING)
        message.standing = one
        fitting = [target for target in message.targets if target.source_text == one.text]
        if fitting and message.shown is not None and message.shown.source_text != one.text:
            message.shown, message.said = fitting[-1], []
        if is_cosmetic and held and message.state is State.OUTDATED:
            message.said.append((Verdict.STILL_VALID, one.text))

    def _known(self, at: int, *, is_gone: bool) -> Standing:
        message = self.messages[at]
        former = sorted({target.source_text for target in message.targets} - {message.standing.text})
        return replace(message.standing, former=tuple(former), is_gone=is_gone)


def lives(seed: int, steps: int = 12) -> None:
    """One history. Asserts after each publish that no translation is lost."""
    dice = random.Random(seed)
    course, texts = Course(), Texts(dice)
    course.publish(texts.standing())
    versions = [texts.copy()]
    files = [course.leave()]
    brought = 0
    for _ in range(steps):
        for at in dice.sample(course.standing, k=min(3, len(course.standing))):
            course.translate(at, f"T{brought}")
            brought += 1
        if dice.random() < 0.5:
            file, changed = _worked_on(dice.choice(files), dice, brought)
            brought += changed
            course.come_back(file)
            files.append(course.leave())
        for _ in range(dice.randint(0, 3)):
            texts.edit()
        if dice.random() < 0.2:
            texts.blocks = dice.choice(versions).copy()
        found = texts.standing()
        before = {at: (m.standing, m.state, m.shown) for at, m in enumerate(course.messages)}
        course.publish(found, is_cosmetic=dice.random() < 0.2)
        _check(course, found, before, brought)
        shown = [(m.standing, m.state, m.shown) for m in course.messages]
        course.publish(found)  # the same again changes nothing
        assert [(m.standing, m.state, m.shown) for m in course.messages] == shown
        versions.append(texts.copy())


def _worked_on(file: list[Row], dice: random.Random, brought: int) -> tuple[list[Row], int]:
    """A file in which somebody translated some texts; how many they are."""
    chosen = set(dice.sample(range(len(file)), k=min(3, len(file))))
    texts = {at: f"T{brought + number}" for number, at in enumerate(sorted(chosen))}
    rows = [replace(row, text=texts[at], made_for="") if at in texts else row for at, row in enumerate(file)]
    return rows, len(chosen)


def _codes(found: list[Standing]) -> list[str]:
    return list(dict.fromkeys(one.block_code for one in found))


def _check(
    course: Course, found: list[Standing], before: dict[int, tuple[Standing, State, Target | None]], brought: int
) -> None:
    targets = [one.text for message in course.messages for one in (*message.targets, *message.suggested)]
    assert sorted(targets) == sorted(f"T{number}" for number in range(brought))
    assert len(set(course.standing)) == len(course.standing)
    for at, one in zip(course.standing, found, strict=True):
        message = course.messages[at]
        assert message.standing == one
        assert (message.shown is None) is (not message.targets)
    still = set(course.standing)
    here = [(one.block_code, one.kind, one.text) for one in found]
    for at, (standing, state, target) in before.items():
        message = course.messages[at]
        assert target is None or message.shown is not None
        if at not in still and state in (State.TRANSLATED, State.APPROVED):  # memory: its text is not in its block
            place = (standing.block_code, standing.kind, standing.text)
            taken = [m for m in (course.messages[n] for n in still) if m.standing.text == standing.text]
            assert place not in here or taken
        if at in still and message.standing.text == standing.text:
            assert message.shown == target or state is State.OUTDATED


class Texts:
    """The texts of a course by block, as its author has them before the next publish."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._blocks_made = 0
        self.blocks: dict[str, list[tuple[str, str]]] = {}
        for _ in range(dice.randint(1, 4)):
            self._add_block()

    def copy(self) -> dict[str, list[tuple[str, str]]]:
        return {code: list(texts) for code, texts in self.blocks.items()}

    def standing(self) -> list[Standing]:
        return [
            Standing(code, f"html.part.{number}", kind, text)
            for code, texts in self.blocks.items()
            for number, (kind, text) in enumerate(texts, start=1)
        ]

    def edit(self) -> None:
        """Something that authors do."""
        self.blocks = self.copy()
        if not self.blocks:
            self._add_block()
        code = self._dice.choice(list(self.blocks))
        texts = self.blocks[code]
        at = self._dice.randrange(len(texts) + 1)
        act = self._dice.choice(["insert", "reword", "delete", "split", "shuffle", "move", "rename", "add", "drop"])
        if act == "insert":
            texts.insert(at, self._text())
        elif act in ("reword", "split") and at < len(texts):
            kind, text = texts[at]
            words = text.split()
            cut = self._dice.randrange(len(words))
            if act == "reword":
                words[cut] = self._dice.choice(WORDS)
                texts[at] = (kind, " ".join(words))
            elif cut > 0:
                texts[at : at + 1] = [(kind, " ".join(words[:cut])), (kind, " ".join(words[cut:]))]
        elif act == "delete" and at < len(texts):
            del texts[at]
        elif act == "shuffle":
            self._dice.shuffle(texts)
        elif act == "move" and at < len(texts):
            self.blocks[self._dice.choice(list(self.blocks))].append(texts.pop(at))
        elif act == "rename":
            self._blocks_made += 1
            self.blocks = {f"b{self._blocks_made}" if one == code else one: of for one, of in self.blocks.items()}
        elif act == "add":
            self._add_block()
        elif act == "drop":
            del self.blocks[code]

    def _add_block(self) -> None:
        self._blocks_made += 1
        self.blocks[f"b{self._blocks_made}"] = [self._text() for _ in range(self._dice.randint(1, 5))]

    def _text(self) -> tuple[str, str]:
        if self._dice.random() < 0.3:
            return "text", self._dice.choice(COMMON)
        words = self._dice.choices(WORDS, k=self._dice.randint(1, 9))
        return self._dice.choice(["text", "text", "caption"]), " ".join(words)
