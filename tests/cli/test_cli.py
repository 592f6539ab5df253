# SPDX-License-Identifier: Apache-2.0
"""The program from outside: arguments in, streams, files and exit codes out. Needs VERSO_PROGRAM and
VERSO_SOURCE; ctest sets both."""
import json
import os
import re
import stat
import subprocess
import tempfile
import unittest

from pictures import Page

PROGRAM = os.environ["VERSO_PROGRAM"]
SOURCE = os.environ["VERSO_SOURCE"]
LEAVES = [["init"], ["demo"], ["doctor"], ["orders", "import"], ["orders", "list"], ["orders", "show"], ["print"],
          ["template", "list"], ["template", "regions"], ["read"], ["scan"], ["ratings", "list"],
          ["ratings", "export"], ["review", "list"]]


def exit_codes():
    """Names to numbers, from the page that users read."""
    with open(os.path.join(SOURCE, "docs/errors.md"), encoding="utf-8") as page:
        return {name: int(number) for number, name in re.findall(r"^\| (\d+) \| `([a-z-]+)` \|", page.read(), re.M)}


CODES = exit_codes()


class CliTest(unittest.TestCase):
    """Each test has an empty folder as its current one."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        with open(self.path(name), "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return name

    def verso(self, *arguments, expect="ok", env=None):
        environment = {k: v for k, v in os.environ.items() if k != "VERSO_HOME"} | (env or {})
        done = subprocess.run([PROGRAM, *arguments], cwd=self.folder, env=environment, check=False, timeout=120,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.out, self.err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, CODES[expect], f"{arguments}\n{self.out}\n{self.err}")
        return self.out

    def lines(self, *arguments, expect="ok"):
        return [json.loads(line) for line in self.verso("--json", *arguments, expect=expect).splitlines()]

    def make_home(self, orders=3):
        self.verso("init", "--shop", "Maison Essai", "--link-host", "avis.example.com")
        with open(os.path.join(SOURCE, "app/demo/orders.csv"), encoding="utf-8") as file:
            header, *rows = file.readlines()
        wanted = tuple(f"#{2000 + n}," for n in range(1, orders + 1))
        self.write("orders.csv", header + "".join(r for r in rows if r.startswith(wanted)))
        self.verso("orders", "import", "orders.csv")


class Help(CliTest):
    def test_every_command_teaches(self):
        for command in [[], *LEAVES, ["orders"], ["ratings"], ["review"], ["template"]]:
            out = self.verso(*command, "--help")
            self.assertIn("docs/errors.md", out, command)
            if command:
                self.assertRegex(out, r"Example: +verso " + command[0], command)

    def test_every_command_is_in_the_help(self):
        out = self.verso("--help")
        for command in LEAVES:
            self.assertIn(f"  {command[0]} ", out)

    def test_version(self):
        self.assertRegex(self.verso("--version"), r"^verso \d+\.\d+\.\d+\n$")

    def test_wrong_calls(self):
        for call in [[], ["frobnicate"], ["print"], ["read"], ["ratings"], ["init", "--bogus"],
                     ["print", "--template", "a4-fold", "--out", "a.pdf"],
                     ["print", "--all", "--order", "#1", "--template", "a4-fold", "--out", "a.pdf"],
                     ["ratings", "export", "--format", "xml", "--out", "x"]]:
            self.verso(*call, expect="usage")
            self.assertTrue(self.err.startswith("verso: "), self.err)
            self.assertIn("--help", self.err)
            self.assertEqual(self.err.count("\n"), 1)

    def test_errors_are_json_on_request(self):
        self.verso("orders", "list", "--json", expect="home-invalid")
        error = json.loads(self.err)["error"]
        self.assertEqual(error["code"], "home-invalid")
        self.assertIn("verso init", error["cure"])
        self.assertEqual(self.out, "")


class Home(CliTest):
    def test_init_twice_changes_nothing(self):
        self.verso("init", "--shop", "First")
        before = {name: os.stat(self.path("verso-home/" + name)).st_mtime_ns
                  for name in os.listdir(self.path("verso-home"))}
        self.assertIn("nothing was changed", self.verso("init", "--shop", "Second"))
        after = {name: os.stat(self.path("verso-home/" + name)).st_mtime_ns
                 for name in os.listdir(self.path("verso-home"))}
        self.assertEqual(before, after)

    def test_home_by_option_and_variable(self):
        self.verso("init", "--home", "a")
        self.verso("init", env={"VERSO_HOME": "b"})
        self.assertTrue(os.path.isfile(self.path("a/verso.toml")))
        self.assertTrue(os.path.isfile(self.path("b/verso.toml")))
        self.assertEqual(stat.S_IMODE(os.stat(self.path("a")).st_mode), 0o700)

    def test_init_refuses_what_cannot_be_meant(self):
        self.verso("init", "--link-host", "not a host", expect="value-invalid")
        self.verso("init", "--language", "french", expect="value-invalid")
        self.assertEqual(os.listdir(self.folder), [])

    def test_init_among_other_things(self):
        os.mkdir(self.path("full"))
        self.write("full/letter.txt", "x")
        self.verso("init", "--home", "full", expect="already-exists")

    def test_every_command_needs_a_home(self):
        self.write("a.csv", "x")
        for call in [["orders", "list"], ["orders", "import", "a.csv"], ["template", "regions", "a4-fold"],
                     ["print", "--all", "--template", "a4-fold", "--out", "a.pdf"], ["read", "a.csv"],
                     ["scan", "a.csv"], ["ratings", "list"], ["review", "list"]]:
            self.verso(*call, expect="home-invalid")
            self.assertIn("verso init", self.err)

    def test_broken_configuration(self):
        self.verso("init")
        self.write("verso-home/verso.toml", "[shop]\nname = \n")
        self.verso("orders", "list", expect="format-invalid")
        self.assertIn("verso.toml:2:", self.err)
        self.write("verso-home/verso.toml", "[shop]\nname = 'A'\nlink_host = 'A B'\n")
        self.verso("orders", "list", expect="value-invalid")
        self.assertIn("verso.toml:3: shop.link_host", self.err)

    def test_unknown_key_is_told(self):
        self.verso("init")
        with open(self.path("verso-home/verso.toml"), encoding="utf-8") as file:
            text = file.read()
        self.assertIn('source = "plain"', text)
        self.write("verso-home/verso.toml", text.replace('source = "plain"', 'source = "s10"') +
                   '\n[return_label.s10]\nservice = "RR"\ncountry = "FR"\nfrom = 47312480\nto = 47312489\n')
        self.start()
        labels = [m["label"] for m in self.manifest()]
        self.assertRegex(labels[0], r"^RR47312480\dFR$")
        self.assertEqual(len(set(labels)), 4)
        self.wave("w", "--range", "1", "--reprint", "x", "--out", "b.pdf", "--manifest", "b.jsonl")
        self.assertNotIn(self.manifest("b.jsonl")[0]["label"], labels)
        self.verso("print", "--wave", "v", "--all", "--reprint", "x", "--template", "a4-fold", "--out", "v")
        self.wave("u", "--all", "--reprint", "x", "--template", "a4-fold", "--out", "u", expect="not-allowed")
        self.assertEqual(os.listdir(self.path("u")) if os.path.exists(self.path("u")) else [], [])

    def test_a_proved_print(self):
        self.make_home(1)
        self.start("--verify")
        self.assertIn("verified", self.out)

    def test_wrong_calls(self):
        self.make_home(1)
        self.wave("--template", "a4-fold", "--out", "out", expect="usage")
        self.wave("--all", "--out", "out", expect="usage")
        self.wave("--all", "--template", "a4-fold", expect="usage")
        self.wave("--all", "--template", "a4-fold", "--out", "out", "--name", "../x", expect="value-invalid")
        self.wave("--all", "--template", "a4-fold", "--out", "out", "--per-file", "0", expect="value-invalid")
        self.wave("--all", "--template", "a4-fold", "--out", "gone/out", expect="file-unwritable")
        self.verso("print", "--resume", "w", expect="not-found")


class Pictures(CliTest):
    def test_what_is_no_picture(self):
        self.make_home(1)
        self.write("a.jpg", "this is a letter")
        self.write("empty.png", "")
        for command in ["read", "scan"]:
            self.verso(command, "gone.jpg", expect="not-found")
            self.verso(command, "a.jpg", expect="format-invalid")
            self.assertIn("a.jpg", self.err)
            self.verso(command, "empty.png", expect="format-invalid")

    def test_picture_without_a_card(self):
        self.make_home(1)
        Page.blank().save_png(self.path("white.png"))
        reading, = self.lines("read", "white.png", expect="not-found")
        self.assertEqual(reading["verdict"], "unreadable")
        self.assertEqual([r["code"] for r in reading["reasons"]], ["no-card"])

    def test_keyed_code(self):
        self.make_home(1)
        Page.blank().save_png(self.path("white.png"))
        self.verso("read", "white.png", "--card", "4K7M-2Q9X-W3HTA", expect="value-invalid")
        self.verso("read", "white.png", "--card", "X0YN-7B5Y-AKMJ0", expect="not-found")
        self.verso("read", "white.png", "white.png", "--card", "X0YN-7B5Y-AKMJ0", expect="usage")


class RoundTrip(CliTest):
    """Init to ratings on a tiny home, with a card that is marked in the printed page."""

    ANSWERS = {"overall": 4, "delivery": 1, "complete": 0, "described": 5, "again": 2, "publish": 1}

    def mark(self, manifest, answers, name, whole_page=False, destroyed=()):
        layout, = self.lines("template", "regions", "a4-fold")
        card = layout["cards"][0]
        page = Page.of_pdf(self.path(manifest["file"]), manifest["first_page"] + card["page"] - 1)
        for question in card["questions"]:
            for option in question["options"]:
                if answers.get(question["id"]) == option["value"]:
                    page.fill(option["box"])
        for code in card["codes"]:
            if code["kind"] in destroyed:
                page.fill(code["box"], gray=90, part=1.1)
        (page if whole_page else page.cut(card["box"])).save_png(self.path(name))

    def print_wave(self):
        self.make_home(3)
        self.verso("print", "--all", "--template", "a4-fold", "--out", "wave.pdf", "--manifest", "wave.jsonl")
        with open(self.path("wave.jsonl"), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def test_from_order_to_rating(self):
        first, second, third = self.print_wave()
        os.mkdir(self.path("inbox"))
        self.mark(first, self.ANSWERS, "inbox/1.png")
        self.mark(second, {"overall": 1}, "inbox/2.png", whole_page=True)
        self.mark(third, {}, "inbox/3.png")

        reading, = self.lines("read", "inbox/1.png", "--debug-dir", "debug")
        self.assertEqual((reading["verdict"], reading["order"], reading["card"]),
                         ("accepted", first["order"], first["card"]))
        self.assertEqual({q: a["value"] for q, a in reading["answers"].items()}, self.ANSWERS)
        self.assertGreater(reading["ms"], 0)
        self.assertTrue(os.listdir(self.path("debug")))
        self.assertEqual(self.lines("ratings", "list"), [])

        self.verso("scan", "inbox")
        ratings = {r["order"]: r for r in self.lines("ratings", "list")}
        self.assertEqual(set(ratings), {first["order"], second["order"]})
        self.assertEqual(ratings[first["order"]]["channel"], "paper")
        self.assertEqual(ratings[second["order"]]["answers"], {"overall": 1})
        waiting, = self.lines("review", "list")
        self.assertEqual([r["code"] for r in waiting["reasons"]], ["blank-card"])
        self.assertEqual(len(os.listdir(self.path("verso-home/images"))), 3)
        order, = self.lines("orders", "show", first["order"])
        self.assertEqual((order["cards"][0]["state"], order["rating"]["answers"]["overall"]), ("answered", 4))

        self.verso("scan", "inbox")
        self.assertEqual(len(self.lines("ratings", "list")), 2)
        self.assertEqual(len(self.lines("review", "list")), 1)

        self.verso("ratings", "export", "--format", "csv", "--out", "r.csv")
        self.verso("ratings", "export", "--format", "jsonl", "--out", "r.jsonl")
        with open(self.path("r.jsonl"), encoding="utf-8") as file:
            self.assertEqual(len(file.readlines()), 2)

    def test_a_picture_that_is_cut_short_is_no_picture(self):
        first, _, _ = self.print_wave()
        self.mark(first, self.ANSWERS, "card.png")
        with open(self.path("card.png"), "rb") as whole, open(self.path("cut.png"), "wb") as cut:
            cut.write(whole.read()[:3000])
        for command in ["read", "scan"]:
            self.verso(command, "cut.png", expect="format-invalid")
            self.assertIn("cut.png", self.err)

    def test_one_of_two_codes_is_enough(self):
        first, _, _ = self.print_wave()
        for destroyed, found_by in [("qr", "second-code"), ("datamatrix", "qr")]:
            self.mark(first, self.ANSWERS, "card.png", destroyed=[destroyed])
            reading, = self.lines("read", "card.png")
            self.assertEqual((reading["verdict"], reading["card"], reading["identified_by"]),
                             ("accepted", first["card"], found_by))
            self.assertEqual({q: a["value"] for q, a in reading["answers"].items()}, self.ANSWERS)

    def test_without_codes_a_person_keys_the_card(self):
        first, _, _ = self.print_wave()
        self.mark(first, self.ANSWERS, "card.png", destroyed=["qr", "datamatrix"])
        reading, = self.lines("read", "card.png")
        self.assertEqual((reading["verdict"], [r["code"] for r in reading["reasons"]]), ("review", ["no-code"]))
        reading, = self.lines("read", "card.png", "--card", first["card"])
        self.assertEqual((reading["verdict"], reading["card"], reading["identified_by"]),
                         ("accepted", first["card"], "keyed"))
        self.assertEqual({q: a["value"] for q, a in reading["answers"].items()}, self.ANSWERS)

    def test_a_card_of_another_home_is_not_taken(self):
        first, _, _ = self.print_wave()
        self.mark(first, self.ANSWERS, "card.png")
        self.verso("init", "--home", "other", "--link-host", "avis.example.com")
        self.verso("template", "regions", "a4-fold", "--home", "other")
        reading, = self.lines("read", "card.png", "--home", "other")
        self.assertEqual(reading["verdict"], "review")
        self.assertEqual([r["code"] for r in reading["reasons"]], ["unknown-card"])

    def test_a_voided_card_is_not_taken(self):
        first, _, _ = self.print_wave()
        self.mark(first, self.ANSWERS, "card.png")
        self.verso("print", "--order", first["order"], "--template", "a4-fold", "--out", "again.pdf", "--reprint", "lost")
        reading, = self.lines("scan", "card.png")
        self.assertIn("voided-card", [r["code"] for r in reading["reasons"]])
        self.assertEqual(self.lines("ratings", "list"), [])

    def test_one_bad_file_does_not_stop_the_others(self):
        first, _, _ = self.print_wave()
        self.mark(first, self.ANSWERS, "card.png")
        self.write("letter.png", "dear friend")
        self.verso("scan", "letter.png", "card.png", expect="partly")
        self.assertEqual(len(self.lines("ratings", "list")), 1)


class Launcher(unittest.TestCase):
    """Only what does not build: it would run into the build that runs this test."""

    def test_packages_are_listed_once(self):
        with open(os.path.join(SOURCE, "packages.txt"), encoding="utf-8") as file:
            names = [line.split("#")[0].strip() for line in file]
        names = [n for n in names if n and not n.startswith("[")]
        self.assertEqual(len(names), len(set(names)))
        for name in names:
            self.assertRegex(name, r"^[a-z0-9][a-z0-9+.-]+$")

    def test_scripts_have_no_mistakes_that_bash_can_see(self):
        for script in ["verso", ".ci/run"]:
            subprocess.run(["bash", "-n", os.path.join(SOURCE, script)], check=True)
            self.assertTrue(os.access(os.path.join(SOURCE, script), os.X_OK))


if __name__ == "__main__":
    unittest.main()
