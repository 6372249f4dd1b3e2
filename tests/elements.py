"""A page as its elements: the tags with their attributes, and the words of links."""

from html.parser import HTMLParser


class Elements(HTMLParser):
    """The start tags of a text with their attributes, and the text within each link and text area."""

    def __init__(self, text: str):
        super().__init__()
        self.found, self.texts, self.inside = [], {}, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag in ("a", "textarea", "title"):
            self.inside = len(self.found) - 1
            self.texts[self.inside] = ""

    def handle_endtag(self, tag):
        if tag in ("a", "textarea", "title"):
            self.inside = None

    def handle_data(self, data):
        if self.inside is not None:
            self.texts[self.inside] += data

    def of(self, tag: str) -> list[dict]:
        return [attrs for name, attrs in self.found if name == tag]

    def links(self) -> list[tuple[dict, str]]:
        return [(attrs, self.texts[i]) for i, (name, attrs) in enumerate(self.found) if name == "a"]


def read(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()
