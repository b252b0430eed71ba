"""As much of a browser as a crash needs: cookies, forms with what was filled in already, and sending again."""

from __future__ import annotations

import http.client
import uuid
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from threading import Event
from urllib.parse import urlsplit

from tests.crash.points import NeverCame

LOST = (OSError, http.client.HTTPException)
TIMEOUT = 60.0
TRIES = 200


@dataclass(slots=True)
class Answer:
    status: int
    place: str
    text: str

    @property
    def yes(self) -> bool:
        """Whether the product said that it is done."""
        return self.status in {302, 303}


@dataclass(slots=True)
class Filled:
    """A form as it will be sent, the same every time."""

    action: str
    fields: dict[str, str]
    files: list[tuple[str, str, bytes]] = field(default_factory=list)

    def body(self) -> tuple[bytes, str]:
        boundary = uuid.uuid4().hex
        pieces = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in self.fields.items()
        ]
        for name, said, content in self.files:
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{said}"\r\n\r\n'
            pieces += [head.encode(), content, b"\r\n"]
        pieces.append(f"--{boundary}--\r\n".encode())
        return b"".join(pieces), f"multipart/form-data; boundary={boundary}"


class _Forms(HTMLParser):
    """Every form of a page: its action and the values it would send untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Filled] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.found.append(Filled(given.get("action") or "", {}))
        elif tag == "input" and self.found and given.get("name"):
            kind = given.get("type", "text")
            if kind not in {"radio", "checkbox", "submit", "file"} or "checked" in given:
                self.found[-1].fields[str(given["name"])] = given.get("value") or ""


class Browser:
    """One person's browser."""

    def __init__(self, url: str) -> None:
        self.host = urlsplit(url).netloc
        self.url = url
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self.patiently(lambda: self._ask("GET", path, b"", {}))

    def form(self, path: str, ending: str, **fields: str) -> Filled:
        """The form of the page at `path` whose address ends so, filled in."""
        page = self.get(path)
        parser = _Forms()
        parser.feed(page.text)
        for found in parser.found:
            found.action = found.action or path
            if found.action.endswith(ending):
                found.fields |= fields
                return found
        raise AssertionError(f"{path} answered {page.status} without a form for {ending}")

    def send(self, form: Filled) -> Answer:
        """Send once; whatever goes wrong on the way is raised."""
        body, kind = form.body()
        headers = {"Content-Type": kind, "Referer": self.url, "Origin": self.url}
        return self._ask("POST", form.action, body, headers)

    def patiently(self, ask) -> Answer:
        """What a person does before a page that does not load: again, until something answers."""
        pause, last = Event(), ""
        for _ in range(TRIES):
            try:
                answer = ask()
            except LOST as error:
                last = repr(error)
            else:
                if answer.status < 500:
                    return answer
                last = f"{answer.status} {answer.text[:200]}"
            pause.wait(0.2)
        raise NeverCame(f"no answer: {last}")

    def sign_in(self, username: str, password: str) -> None:
        answer = self.send(
            self.form("/accounts/login/", "/accounts/login/", login=username, password=password)
        )
        assert answer.yes, f"{username} did not get in: {answer.status}"

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection(self.host, timeout=TIMEOUT)
        try:
            said = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            connection.request(method, path, body, headers | said)
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
            for line in response.headers.get_all("Set-Cookie") or []:
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
            return Answer(response.status, response.headers.get("Location", ""), text)
        finally:
            connection.close()
