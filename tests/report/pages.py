# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports made by the program, and an HTML file taken apart."""
import html.parser
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(os.environ["ISSSIM_SOURCE"], "tests/cli")))
sys.path.insert(1, str(pathlib.Path(os.environ["ISSSIM_SOURCE"], "analysis/python/src")))

from program import LEAK, MINIMAL, PROGRAM, SCENARIOS, ProgramTest  # noqa: E402, F401

VOID = {"br", "hr", "img", "meta", "wbr"}
#: Elements of SVG that matplotlib closes at once.
EMPTY = {"path", "use", "rect", "image", "circle", "line"}


def skip_without_modules():
    """End with 77 where Debian's packages aren't there."""
    from importlib.util import find_spec

    for name in ("h5py", "pandas", "xarray", "matplotlib"):
        if find_spec(name) is None:
            print(f"python3-{name} isn't there")
            sys.exit(77)


class Node:
    """An element with its attributes, children and texts, in order."""

    def __init__(self, name, attributes):
        self.name, self.attributes, self.parts = name, dict(attributes), []

    def walk(self):
        yield self
        for part in self.parts:
            if isinstance(part, Node):
                yield from part.walk()

    def all(self, *names):
        return [node for node in self.walk() if node.name in names]

    def text(self):
        return "".join(p.text() if isinstance(p, Node) else p for p in self.parts)

    def __getitem__(self, attribute):
        return self.attributes.get(attribute)


class Page(html.parser.HTMLParser):
    """An HTML file as a tree; one that isn't well nested is refused."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]
        self.feed(text)
        self.close()
        assert self.open == [self.root], f"not closed: {[node.name for node in self.open]}"

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        assert len(names) == len(set(names)), f"an attribute of {tag} is there twice"
        node = Node(tag, attributes)
        self.open[-1].parts.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attributes):
        self.open[-1].parts.append(Node(tag, attributes))

    def handle_endtag(self, tag):
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].parts.append(data)


def read(path):
    return Page(pathlib.Path(path).read_text(encoding="utf-8")).root


def table(root, caption):
    """The rows of the table with this caption, as lists of cells; the heading first."""
    found = [t for t in root.all("table") if t.all("caption")[0].text() == caption]
    assert len(found) == 1, f"{len(found)} tables are called {caption}"
    return [row.all("th", "td") for row in found[0].all("tr")]


def value(cell):
    """The exact number of a cell; None for none."""
    data = cell.all("data")
    return float(data[0]["value"]) if data else None
