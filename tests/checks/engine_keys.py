# SPDX-License-Identifier: Apache-2.0
"""What the engine takes of a template, read from its own source: for each function the keys that it
allows and the words that it lets one choose from. Relies on the layout that clang-format gives."""
import re

HEAD = re.compile(r"^(?!namespace|struct|class|enum|using|static|constexpr|template|//|#|\}|\))[A-Za-z].*\(")
NAME = re.compile(r"([A-Za-z_]\w*)\(")
ALLOW = re.compile(r"\ballow(?:_in_block)?\(\s*\{([^}]*)\}\s*\)", re.S)
CHOICE = re.compile(r"\bchoice\(\s*\"(\w+)\",\s*\{([^}]*)\}", re.S)
WORD = re.compile(r'"([^"]*)"')


def functions(text):
    """(name, body) of each function that begins at the left edge."""
    head, body, inside = "", [], False
    for line in text.splitlines():
        if inside:
            if line.startswith("}"):
                yield name_of(head), "\n".join(body)
                head, body, inside = "", [], False
            else:
                body.append(line)
        elif head or HEAD.match(line):
            head += line + "\n"
            if line.endswith("{"):
                inside = True
            elif line.endswith((";", "}")):
                head = ""


def name_of(head):
    """Of a method, its own name without that of the class."""
    return NAME.search(head).group(1)


class Engine:
    """The functions of some files."""

    def __init__(self, texts):
        self.bodies = {}
        for text in texts:
            for name, body in functions(text):
                self.bodies[name] = self.bodies.get(name, "") + "\n" + body
        self.calls = {name: set(NAME.findall(body)) for name, body in self.bodies.items()}
        self.keys = {name: set(WORD.findall(" ".join(found))) for name, body in self.bodies.items()
                     if (found := ALLOW.findall(body))}

    def allowed(self, name):
        """The keys that this very function allows; None: it allows nothing."""
        return self.keys.get(name)

    def allowing(self):
        return set(self.keys)

    def called_by(self, name):
        """The function and all that it calls, as far as they are known here."""
        seen, todo = set(), [name]
        while todo:
            one = todo.pop()
            if one in seen or one not in self.bodies:
                continue
            seen.add(one)
            todo += self.calls[one]
        return seen

    def choices(self, name):
        """Key to words, of the function and all that it calls."""
        out = {}
        for one in self.called_by(name):
            for key, words in CHOICE.findall(self.bodies[one]):
                out.setdefault(key, []).append(set(WORD.findall(words)))
        return out

    def table(self, holder, row):
        """The rows of a table of names and functions: the body of `holder`, or all text."""
        return dict(re.findall(row, self.bodies[holder]))
