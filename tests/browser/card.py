# SPDX-License-Identifier: Apache-2.0
"""card.py PROGRAM HOME PDF PAGE OUT.png QUESTION=VALUE…: a printed card as a scanner would send it, with marks; a
question that is named twice has two marks."""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from pictures import Page  # noqa: E402


def main(program, home, pdf, first_page, out, *marks):
    layout = json.loads(subprocess.run([program, "--home", home, "--json", "template", "regions", "a4-fold"],
                                       check=True, stdout=subprocess.PIPE).stdout)
    card = layout["cards"][0]
    page = Page.of_pdf(pdf, int(first_page) + card["page"] - 1)
    for mark in marks:
        name, value = mark.split("=")
        question, = [one for one in card["questions"] if one["id"] == name]
        option, = [one for one in question["options"] if one["value"] == int(value)]
        page.fill(option["box"])
    page.cut(card["box"]).save_png(out)


main(*sys.argv[1:])
