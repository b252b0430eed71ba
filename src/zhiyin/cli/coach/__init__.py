"""`zhiyin coach …`: the coach's engine on files and standard input. No database, no network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zhiyin.cli.language import gettext as _
from zhiyin.cli.spoken import group

app = group(
    _("Hear the feeling first, then the matter: the coach's engine. Example: zhiyin coach text reply.txt")
)

Packs = Annotated[
    list[Path] | None,
    typer.Option("--pack", help=_("A pack of your house's own rules (TOML file or folder); may be repeated")),
]
Lines = Annotated[
    Path | None, typer.Option("--lines", help=_("Your house's own words and lines for conversations (TOML)"))
]
Now = Annotated[
    str, typer.Option("--now", help=_("The moment to reckon due times from, as 2026-11-22T10:00"))
]
Calendar = Annotated[
    str,
    typer.Option(
        "--calendar", help=_("Working hours: office, always, or days and hours as “mon-sat 09:00-18:00”")
    ),
]
Models = Annotated[
    Path | None, typer.Option("--models", help=_("A folder of models that `coach train` wrote"))
]
Json = Annotated[bool, typer.Option("--json", help=_("Write JSON instead of a report"))]


@app.command(
    "turns",
    help=_("Read turns, one JSON line each, and write one for each. Example: zhiyin coach turns turns.jsonl"),
)
def turns(
    file: Annotated[
        Path,
        typer.Argument(
            help=_("JSON Lines with id, role, text and perhaps context; - for standard input"),
            show_default=False,
        ),
    ],
    now: Now = "",
    calendar: Calendar = "office",
    pack: Packs = None,
    models: Models = None,
) -> None:
    """All lines are checked before the first is written."""
    from zhiyin.cli.coach import labelling as command

    raise typer.Exit(command.turns(file, now=now, calendar=calendar, packs=pack or [], models=models))


@app.command("call", help=_("Read a timed transcript of a call. Example: zhiyin coach call call.srt"))
def call(
    file: Annotated[
        Path, typer.Argument(help=_("A transcript with speakers: .json, .srt or .vtt"), show_default=False)
    ],
    agent: Annotated[
        list[str] | None, typer.Option("--agent", help=_("A name in the file that is the agent's"))
    ] = None,
    customer: Annotated[
        list[str] | None, typer.Option("--customer", help=_("A name in the file that is the customer's"))
    ] = None,
    lines: Lines = None,
    pack: Packs = None,
    models: Models = None,
    as_json: Json = False,
) -> None:
    """Figures, findings and the service type."""
    from zhiyin.cli.coach import calling as command

    raise typer.Exit(
        command.call(
            file,
            agents=agent or [],
            customers=customer or [],
            lines=lines,
            packs=pack or [],
            models=models,
            as_json=as_json,
        )
    )


@app.command("text", help=_("Read one reply before it is sent. Example: zhiyin coach text reply.txt"))
def text(
    file: Annotated[
        Path, typer.Argument(help=_("A text file with the reply; - for standard input"), show_default=False)
    ],
    after: Annotated[
        list[str] | None,
        typer.Option(
            "--after",
            help=_("A turn before it, with 客户： or 客服： in front; oldest first, may be repeated"),
        ),
    ] = None,
    now: Now = "",
    calendar: Calendar = "office",
    pack: Packs = None,
    models: Models = None,
    as_json: Json = False,
) -> None:
    """What would hurt, why, and what to say instead."""
    from zhiyin.cli.coach import replying as command

    raise typer.Exit(
        command.text(
            file,
            after=after or [],
            now=now,
            calendar=calendar,
            packs=pack or [],
            models=models,
            as_json=as_json,
        )
    )


@app.command(
    "train",
    help=_(
        "Train both small models on the corpus and your own labels. Example: zhiyin coach train --to models"
    ),
)
def train(
    to: Annotated[
        Path, typer.Option("--to", help=_("The folder to write the models to"), show_default=False)
    ],
    more: Annotated[
        list[Path] | None,
        typer.Option(
            "--more",
            help=_("Labels of your own: turns (JSON Lines) or dialogues (.txt); may be repeated"),
        ),
    ] = None,
    only_more: Annotated[bool, typer.Option("--only-more", help=_("Leave the shipped corpus out"))] = False,
) -> None:
    """The same corpus gives the same model, bit by bit."""
    from zhiyin.cli.coach import training as command

    raise typer.Exit(command.train(to, more=more or [], only_more=only_more))


@app.command(
    "evaluate",
    help=_("Measure agreement with careful readers. Example: zhiyin coach evaluate turns.jsonl labels.jsonl"),
)
def evaluate(
    turns: Annotated[
        Path,
        typer.Argument(
            help=_("Turns as for `coach turns`, or whole dialogues (id, messages), JSON Lines"),
            show_default=False,
        ),
    ],
    labels: Annotated[
        list[Path] | None,
        typer.Argument(
            help=_(
                "Labels by id, of dialogues as “dialogue#message”, counted from 0; without any the turns carry them"
            ),
            show_default=False,
        ),
    ] = None,
    part: Annotated[
        str, typer.Option("--part", help=_("Only labels of this part, as tune, check or held"))
    ] = "",
    readers: Annotated[
        bool,
        typer.Option(
            "--readers", help=_("Two label files instead: how far two readers agree; needs no text")
        ),
    ] = False,
    dialogues: Annotated[
        Path | None,
        typer.Option(
            "--dialogues",
            help=_("Dialogues with satisfaction marks: how well dissatisfied turns are told from others"),
        ),
    ] = None,
    pack: Packs = None,
    models: Models = None,
    as_json: Json = False,
) -> None:
    """Precision, recall and F1 for each rule and overall."""
    from zhiyin.cli.coach import evaluating as command

    if readers:
        raise typer.Exit(command.readers(turns, labels or [], part=part, as_json=as_json))
    raise typer.Exit(
        command.evaluate(
            turns,
            labels or [],
            part=part,
            dialogues=dialogues,
            packs=pack or [],
            models=models,
            as_json=as_json,
        )
    )
