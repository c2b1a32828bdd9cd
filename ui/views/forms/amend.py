"""Correcting what was written down at intake; only what differs is sent."""

from typing import Any

from app.domain.case import Case, Dossier
from app.domain.commands import Amend
from app.domain.lengths import SHORT
from app.domain.terms import Nature
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.channel_picker import ChannelPicker
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices, Ticks
from ui.views.forms.number_watch import NumberWatch
from ui.views.forms.written import Line, Lines
from ui.views.place_picker import PlacePicker


def on_the_books(case: Case) -> dict[str, str | list[str]]:
    """What the fields hold while nobody has corrected anything."""
    return {
        "form.title": case.title,
        "form.narrative": case.narrative,
        "form.address": case.address,
        "form.place": case.community or case.street or "",
        "form.nature": str(case.nature),
        "intake.channel": case.channel,
        "form.flags": [name for name in options.FLAGS if getattr(case, name)],
        "form.right_name": "",
        "form.right_phone": "",
    }


class Form(CaseForm):
    """The log keeps what stood there before."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "amend", self._commands)
        self.title, self.address = Line(SHORT["title"]), Line(SHORT["address"])
        self.narrative = Lines()
        self.place = PlacePicker(screen)
        self.nature = Choices(screen.words, options.natures(screen), in_row=True)
        self.add("form.title", self.title, required=True)
        self.add("form.narrative", self.narrative, required=True)
        self.add("form.address", self.address)
        self.add("form.place", self.place)
        self.add("form.nature", self.nature, required=True)
        self.channel = ChannelPicker(screen)
        self.flags = Ticks(screen.words, options.flags(screen))
        self.name, self.phone = Line(SHORT["name"]), Line(SHORT["phone"])
        self.add("intake.channel", self.channel)
        self.add("form.flags", self.flags)
        self.add("form.right_name", self.name)
        field = self.add("form.right_phone", self.phone)
        self._number = NumberWatch(screen.words, field, self.phone)
        self.place.set_place(self.case.street, self.case.community)
        self.channel.show_given(self.case.channel)
        shown = {"form.place": self.place.value, "intake.channel": self.channel.value}
        self.column.restore(on_the_books(self.case), shown)

    def submit(self) -> None:
        """Nothing changed, nothing sent."""
        if self._number.blame():
            return
        if self._changes():
            super().submit()
        else:
            self.show_refusal("nothing-changed", {})

    def minds(self, before: Dossier, after: Dossier) -> bool:
        """What nobody touched here follows; only a field that both corrected is in dispute."""
        was, now = on_the_books(before.case), on_the_books(after.case)
        here = self.column.kept
        moved = [field for field in self.column.fields if was[field.key] != now[field.key]]
        self.rebase(now)
        for field in moved:
            if here[field.key] == was[field.key]:
                field.filled.restore(now[field.key])
        self.dispute([one for one in moved if here[one.key] not in (was[one.key], now[one.key])])
        return False

    def _changes(self) -> dict[str, Any]:
        written: dict[str, Any] = {
            "title": self.title.text().strip(),
            "narrative": self.narrative.text,
            "address": self.address.text().strip(),
            "street": self.place.street,
            "community": self.place.community,
            "nature": Nature(self.nature.value),
            "channel": self.channel.value,
            **{name: name in self.flags.value for name in options.FLAGS},
        }
        changed = {one: new for one, new in written.items() if new != getattr(self.case, one)}
        cleared = {one: "" for one, new in changed.items() if new is None}
        return {**changed, **cleared, **self._person()}

    def _person(self) -> dict[str, str]:
        """What was misheard of the reporter; what he is known by stays sealed, so that empty is unchanged."""
        typed = {"name": self.name.text().strip(), "phone": self.phone.text().strip()}
        return {name: text for name, text in typed.items() if text}

    def _commands(self) -> Commands:
        return (Amend(case_id=self.case.id, **self._changes()),)
