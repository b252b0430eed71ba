"""Tables to start from: for common puzzles, what is worth noting down each time. Texts are msgids."""

from __future__ import annotations

from dataclasses import dataclass

from zhiyin.facts.rules.words import Kind
from zhiyin.kit.errors import gettext_noop


@dataclass(frozen=True, slots=True)
class Draft:
    """A column to be: `wording` is the question a customer reads, `options` what can be picked."""

    name: str
    kind: Kind
    unit: str = ""
    wording: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Starter:
    """A puzzle, the column that says whether it failed, and the conditions worth asking about."""

    key: str
    name: str
    outcome: Draft
    columns: tuple[Draft, ...]


WHEN = Draft(gettext_noop("Time"), Kind.TIME, wording=gettext_noop("When was it?"))
RAIN = Draft(gettext_noop("Rain"), Kind.YESNO, wording=gettext_noop("Did it rain?"))
WHERE = Draft(gettext_noop("Where"), Kind.PLACE, wording=gettext_noop("Where was it?"))


def _failed(name: str, wording: str) -> Draft:
    return Draft(name, Kind.YESNO, wording=wording)


STARTERS: tuple[Starter, ...] = (
    Starter(
        "network",
        gettext_noop("The network drops"),
        _failed(gettext_noop("Dropped"), gettext_noop("Did the network drop?")),
        (
            WHEN,
            Draft(gettext_noop("Which room"), Kind.PLACE, wording=gettext_noop("In which room?")),
            Draft(
                gettext_noop("Connected by"),
                Kind.CATEGORY,
                wording=gettext_noop("Connected by what?"),
                options=("2.4G", "5G", gettext_noop("cable")),
            ),
            Draft(
                gettext_noop("Microwave running"),
                Kind.YESNO,
                wording=gettext_noop("Was the microwave running?"),
            ),
            Draft(
                gettext_noop("Devices online"),
                Kind.NUMBER,
                gettext_noop("devices"),
                gettext_noop("How many devices were online?"),
            ),
        ),
    ),
    Starter(
        "vehicle",
        gettext_noop("The car does not start"),
        _failed(gettext_noop("Did not start"), gettext_noop("Did it fail to start?")),
        (
            WHEN,
            Draft(
                gettext_noop("Stay"),
                Kind.NUMBER,
                gettext_noop("min"),
                gettext_noop("How long had it been standing?"),
            ),
            Draft(gettext_noop("Temperature"), Kind.NUMBER, "℃", gettext_noop("How warm was it outside?")),
            Draft(gettext_noop("Just refuelled"), Kind.YESNO, wording=gettext_noop("Just refuelled?")),
            Draft(
                gettext_noop("What was bought"),
                Kind.CATEGORY,
                wording=gettext_noop("What did you buy there?"),
            ),
            WHERE,
        ),
    ),
    Starter(
        "leak",
        gettext_noop("Water comes in"),
        _failed(gettext_noop("Leaked"), gettext_noop("Did water come in?")),
        (
            WHEN,
            WHERE,
            RAIN,
            Draft(
                gettext_noop("Water used upstairs"),
                Kind.YESNO,
                wording=gettext_noop("Was water used upstairs?"),
            ),
            Draft(
                gettext_noop("Wind"),
                Kind.NUMBER,
                gettext_noop("Bft"),
                gettext_noop("How strong was the wind?"),
            ),
        ),
    ),
    Starter(
        "lift",
        gettext_noop("The lift stops"),
        _failed(gettext_noop("Stopped"), gettext_noop("Did the lift stop?")),
        (
            WHEN,
            Draft(gettext_noop("Which lift"), Kind.PLACE, wording=gettext_noop("Which lift?")),
            Draft(gettext_noop("Floor"), Kind.NUMBER, "", gettext_noop("At which floor?")),
            Draft(
                gettext_noop("Direction"),
                Kind.CATEGORY,
                wording=gettext_noop("Up or down?"),
                options=(gettext_noop("up"), gettext_noop("down")),
            ),
            Draft(
                gettext_noop("People in it"),
                Kind.NUMBER,
                gettext_noop("people"),
                gettext_noop("How many people?"),
            ),
            RAIN,
        ),
    ),
    Starter(
        "smell",
        gettext_noop("It smells"),
        _failed(gettext_noop("Smelled"), gettext_noop("Did it smell?")),
        (
            WHEN,
            Draft(gettext_noop("Which room"), Kind.PLACE, wording=gettext_noop("In which room?")),
            Draft(gettext_noop("Window open"), Kind.YESNO, wording=gettext_noop("Was the window open?")),
            Draft(gettext_noop("Fan running"), Kind.YESNO, wording=gettext_noop("Was the fan running?")),
            Draft(
                gettext_noop("Neighbours cooking"),
                Kind.YESNO,
                wording=gettext_noop("Were neighbours cooking?"),
            ),
        ),
    ),
    Starter(
        "noise",
        gettext_noop("There is a noise"),
        _failed(gettext_noop("Heard"), gettext_noop("Did you hear it?")),
        (
            WHEN,
            Draft(gettext_noop("Which room"), Kind.PLACE, wording=gettext_noop("In which room?")),
            Draft(
                gettext_noop("Somebody upstairs"),
                Kind.YESNO,
                wording=gettext_noop("Was somebody at home upstairs?"),
            ),
            Draft(gettext_noop("Pump running"), Kind.YESNO, wording=gettext_noop("Was the pump running?")),
            Draft(
                gettext_noop("Wind"),
                Kind.NUMBER,
                gettext_noop("Bft"),
                gettext_noop("How strong was the wind?"),
            ),
        ),
    ),
    Starter(
        "bill",
        gettext_noop("The bill is wrong"),
        _failed(gettext_noop("Wrong"), gettext_noop("Was the bill wrong?")),
        (
            Draft(
                gettext_noop("Day of the bill"), Kind.TIME, wording=gettext_noop("Of which day is the bill?")
            ),
            Draft(
                gettext_noop("Consumption"),
                Kind.NUMBER,
                gettext_noop("units"),
                gettext_noop("How much was used?"),
            ),
            Draft(
                gettext_noop("Moved in that month"),
                Kind.YESNO,
                wording=gettext_noop("Did you move in that month?"),
            ),
            Draft(gettext_noop("Meter"), Kind.CATEGORY, wording=gettext_noop("Which kind of meter?")),
            Draft(gettext_noop("Paid by"), Kind.CATEGORY, wording=gettext_noop("How was it paid?")),
        ),
    ),
    Starter(
        "own",
        gettext_noop("Something else"),
        _failed(gettext_noop("Went wrong"), gettext_noop("Did it go wrong?")),
        (WHEN, WHERE),
    ),
)
BY_KEY = {starter.key: starter for starter in STARTERS}
