# SPDX-License-Identifier: Apache-2.0
"""Making a template one's own, from outside: new, check, preview, and what verso.toml changes of it. Needs
VERSO_PROGRAM and VERSO_SOURCE; ctest sets both."""
import json
import os
import queue
import re
import struct
import subprocess
import threading
import unittest

from test_cli import PROGRAM, SOURCE, CliTest


def text_of(pdf):
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, stdout=subprocess.PIPE)
    return done.stdout.decode()


def words_of(pdf):
    """(word, mm from the left) in the order of the file."""
    done = subprocess.run(["pdftotext", "-raw", "-bbox", pdf, "-"], check=True, stdout=subprocess.PIPE)
    found = re.findall(r'<word xMin="([\d.]+)".*?>(.*?)</word>', done.stdout.decode())
    return [(word, float(x) / 72 * 25.4) for x, word in found]


class TemplateTest(CliTest):
    def setUp(self):
        super().setUp()
        self.verso("init", "--shop", "Maison Essai", "--link-host", "avis.example.com")

    def own(self, name, source, change=lambda text: text):
        """A changed copy of a shipped template in the home."""
        with open(os.path.join(SOURCE, f"templates/insert/{source}.json"), encoding="utf-8") as file:
            text = file.read()
        changed = change(text)
        self.assertTrue(changed != text or source == name)
        os.makedirs(self.path("verso-home/templates/insert"), exist_ok=True)
        self.write(f"verso-home/templates/insert/{name}.json", changed)

    def configure(self, section, line):
        """Puts a line into a section of verso.toml, which may be there with other values of the key."""
        path = self.path("verso-home/verso.toml")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        key = line.split("=")[0].strip()
        if f"[{section}]\n" not in text:
            text += f"\n[{section}]\n"
        head, rest = text.split(f"[{section}]\n", 1)
        body, *others = re.split(r"(?m)^(?=\[)", rest)
        body = re.sub(rf"(?m)^{re.escape(key)} *=.*\n", "", body)
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"{head}[{section}]\n{line}\n{body}" + "".join(others))

    def preview(self, name, *arguments, expect="ok"):
        self.verso("template", "preview", name, "--out", "look.pdf", *arguments, expect=expect)
        return text_of(self.path("look.pdf")) if expect == "ok" else ""


class TemplateNew(TemplateTest):
    def test_a_copy_with_its_schemas(self):
        made, = self.lines("template", "new", "ours", "--from", "a4-duplex")
        self.assertEqual(made["template"], "ours")
        with open(self.path("verso-home/templates/insert/ours.json"), "rb") as copy, \
                open(os.path.join(SOURCE, "templates/insert/a4-duplex.json"), "rb") as original:
            text = copy.read()
            self.assertEqual(text, original.read())
        schema = re.search(rb'"\$schema": "(.+)"', text).group(1).decode()
        self.assertTrue(os.path.isfile(self.path("verso-home/templates/insert/" + schema)))
        self.assertIn("ours", self.verso("template", "list").split())
        self.assertIn("ours: nothing to complain of", self.verso("template", "check", "ours"))

    def test_never_written_over(self):
        self.verso("template", "new", "ours")
        self.write("verso-home/templates/insert/ours.json", "mine")
        self.verso("template", "new", "ours", "--from", "a4-duplex", expect="already-exists")
        with open(self.path("verso-home/templates/insert/ours.json"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "mine")

    def test_what_cannot_be_meant(self):
        for name in ["", "../ours", "Ours", "our template"]:
            self.verso("template", "new", name, expect="value-invalid")
        self.verso("template", "new", "ours", "--from", "a9", expect="not-found")
        self.assertIn("a4-duplex", self.err)
        self.assertFalse(os.path.exists(self.path("verso-home/templates/insert")))


class TemplateCheck(TemplateTest):
    def test_a_sound_template(self):
        self.assertEqual(self.verso("template", "check", "a4-fold"), "a4-fold: nothing to complain of\n")
        self.assertEqual(self.lines("template", "check", "a4-fold"), [])
        self.verso("template", "check", "a9", expect="not-found")

    def test_a_key_that_is_not_known(self):
        self.own("typo", "slip-only", lambda text: text.replace('"align"', '"aling"', 1))
        out = self.verso("template", "check", "typo", expect="template-invalid")
        self.assertRegex(out, r'error: .*insert/typo\.json /\S+/aling: unknown key "aling"; '
                              r'did you mean "align"\?')
        finding, = self.lines("template", "check", "typo", expect="template-invalid")
        self.assertEqual((finding["severity"], finding["cure"]), ("error", 'did you mean "align"?'))
        self.assertRegex(finding["where"], r"typo\.json /\S+/aling$")

    def test_ink_beyond_the_sheet(self):
        block = '{ "block": "rect", "x": 200, "y": 3, "w": 30, "h": 1 },'
        self.own("wide", "slip-only", lambda text: re.sub(r'("blocks": \[)', r"\1 " + block, text, count=1))
        findings = self.lines("template", "check", "wide", expect="template-invalid")
        errors = [f for f in findings if f["severity"] == "error"]
        self.assertTrue(errors)
        self.assertTrue(errors[0]["where"].endswith("wide.json /pages/0/blocks/0"), errors)
        self.assertIn("mm", errors[0]["message"])
        self.assertTrue(errors[0]["cure"])
        self.assertIn(f"wide: {len(errors)} errors", self.verso("template", "check", "wide", expect="template-invalid"))


class TemplatePreview(TemplateTest):
    def test_pages_and_pictures(self):
        told, = self.lines("template", "preview", "a4-duplex", "--out", "x.pdf", "--png")
        pages = subprocess.run(["pdfinfo", self.path("x.pdf")], check=True, stdout=subprocess.PIPE).stdout.decode()
        self.assertIn(f"{told['pages']}", re.search(r"Pages: +(\d+)", pages).group(1))
        pictures = [name for name in os.listdir(self.folder) if re.fullmatch(r"x-\d+\.png", name)]
        self.assertEqual(len(pictures), told["pages"])
        for name in pictures:
            with open(self.path(name), "rb") as file:
                head = file.read(24)
            width, height = struct.unpack(">II", head[16:24])
            self.assertEqual(head[:8], b"\x89PNG\r\n\x1a\n")
            self.assertAlmostEqual(height / width, 297 / 210, delta=0.01)

    def test_orders_of_the_home_are_not_recorded(self):
        self.make_home(2)
        text = self.preview("a4-fold", "--order", "#2002")
        self.assertIn("#2002", text)
        self.assertNotIn("#2001", text)
        order, = self.lines("orders", "show", "#2002")
        self.assertEqual(order["cards"], [])
        self.preview("a4-fold", "--order", "#9", expect="not-found")

    def test_watch_renders_again(self):
        self.own("mine", "slip-only", lambda text: text + "\n")
        call = [PROGRAM, "--json", "template", "preview", "mine", "--out", "x.pdf", "--watch"]
        running = subprocess.Popen(call, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(lambda: (running.kill(), running.wait(), running.stdout.close(), running.stderr.close()))
        lines = queue.Queue()
        for stream in (running.stdout, running.stderr):
            threading.Thread(target=lambda s=stream: [lines.put(line) for line in s if line.startswith(b"{")], daemon=True).start()

        def told():
            return json.loads(lines.get(timeout=60))

        self.assertEqual(told()["template"], "mine")
        self.own("mine", "slip-only", lambda text: text.replace('"pages"', '"pagse"'))
        self.assertEqual(told()["error"]["code"], "template-invalid")
        self.own("mine", "slip-only", lambda text: text.replace("t:slip.kind", "Bordereau d'essai"))
        self.assertEqual(told()["template"], "mine")
        self.assertIn("Bordereau d'essai", text_of(self.path("x.pdf")))
        self.assertIsNone(running.poll())


class TemplateSettings(TemplateTest):
    def test_words_of_the_shop(self):
        self.assertIn("Bon de livraison", self.preview("slip-only"))
        self.configure("strings", '"slip.kind" = "Notre colis"')
        text = self.preview("slip-only")
        self.assertIn("Notre colis", text)
        self.assertNotIn("Bon de livraison", text)
        self.configure("strings", '"de/slip.kind" = "Unser Paket"')
        self.assertIn("Unser Paket", self.preview("slip-only", "--language", "de"))
        self.configure("strings", '"slip.knid" = "x"')
        self.preview("slip-only", expect="template-invalid")
        self.assertIn("slip.knid", self.err)

    def test_numbers_of_the_shop(self):
        def words_with(window_x):
            self.configure("template.a4-integrated", f"window_x = {window_x}")
            self.preview("a4-integrated")
            return words_of(self.path("look.pdf"))

        before, after = words_with(107), words_with(108.5)
        self.assertEqual(len(before), len(after))
        moves = [b - a for (_, a), (_, b) in zip(before, after) if abs(b - a) > 0.01]
        self.assertTrue(moves)
        self.assertLess(len(moves), len(before))
        for move in moves:
            self.assertAlmostEqual(abs(move), 1.5, delta=0.02)
        self.configure("template.a4-integrated", "window_z = 1")
        self.preview("a4-integrated", expect="template-invalid")
        self.assertIn("window_z", self.err)

    def test_profile_of_the_shop(self):
        self.assertNotIn("BUSINESS REPLY MAIL", self.preview("a4-duplex"))
        self.configure("reply_card", 'profile = "us-brm"')
        self.assertIn("BUSINESS REPLY MAIL", self.preview("a4-duplex"))
        self.configure("reply_card.data", 'city = "SAMPLETON ST"')
        self.assertIn("SAMPLETON ST", self.preview("a4-duplex"))
        self.configure("reply_card", 'profile = "mars"')
        self.preview("a4-duplex", expect="not-found")
        self.assertIn("us-brm", self.err)


if __name__ == "__main__":
    unittest.main()
