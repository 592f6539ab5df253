#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Small rules about text: the SPDX line stands first in every source, a note of work left undone
names its issue, and every link between the pages of the documentation leads to a file.

check_text.py ROOT | --self-test
"""
import os
import re
import sys
import tempfile

from sources import read, tracked

SPDX = "SPDX-License-Identifier: Apache-2.0"
UNNUMBERED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b(?!\(#\d+\))")
LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
CODE_SUFFIXES = [".h", ".cpp", ".py", ".sh", "verso", ".ci/run"]


def source_faults(path, text):
    """A script may have its #! line before the SPDX line."""
    lines = text.splitlines()
    first = lines[1:2] if lines and lines[0].startswith("#!") else lines[:1]
    if not first or SPDX not in first[0]:
        yield f"{path}:1: the first line must say {SPDX}"
    for number, line in enumerate(lines, 1):
        match = UNNUMBERED.search(line)
        if match:
            yield f"{path}:{number}: write {match.group(1)}(#issue), or do it now"


def link_faults(root, path, text):
    """Links to the web are not followed: the tests need no network."""
    fenced = re.sub(r"^(```|~~~).*?^\1", "", text, flags=re.S | re.M)
    for target in LINK.findall(re.sub(r"`[^`\n]*`", "", fenced)):
        if re.match(r"[a-z]+:|#", target):
            continue
        file = os.path.join(root, os.path.dirname(path), target.split("#")[0])
        if not os.path.exists(file):
            yield f"{path}: the link to {target} leads nowhere"


def faults(root):
    for path in tracked(root, CODE_SUFFIXES):
        yield from source_faults(path, read(root, path))
    for path in tracked(root, [".md"]):
        yield from link_faults(root, path, read(root, path))


def self_test():
    good = f"// {SPDX}\nint a;  // TO" "DO(#7) more\n"
    assert not list(source_faults("a.cpp", good))
    assert not list(source_faults("a.sh", f"#!/bin/sh\n# {SPDX}\n"))
    assert len(list(source_faults("a.cpp", "int a;\n"))) == 1
    assert len(list(source_faults("a.cpp", ""))) == 1
    assert len(list(source_faults("a.cpp", f"// {SPDX}\n// FIX" "ME later\n"))) == 1
    with tempfile.TemporaryDirectory() as root:
        page = "[a](gone.md) [b](there.md#part) [c](https://example.com) ![d](gone.png) `[e](x.md)`"
        with open(os.path.join(root, "there.md"), "w", encoding="utf-8") as file:
            file.write(page)
        found = list(link_faults(root, "there.md", page))
        assert [f.split()[4] for f in found] == ["gone.md", "gone.png"], found
        assert len(list(faults(root))) == 2
    print("self-test: all bad samples found, good ones passed")


def main():
    if sys.argv[1] == "--self-test":
        return self_test()
    found = list(faults(sys.argv[1]))
    print("\n".join(found) or "no faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
