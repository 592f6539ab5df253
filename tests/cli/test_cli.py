# SPDX-License-Identifier: Apache-2.0
"""The program from outside: arguments in, streams, files and exit codes out. Needs VERSO_PROGRAM and
VERSO_SOURCE; ctest sets both."""
import csv
import json
import os
import re
import shutil
import stat
import subprocess
import tempfile
import unittest

from pictures import Page

PROGRAM = os.environ["VERSO_PROGRAM"]
SOURCE = os.environ["VERSO_SOURCE"]
LEAVES = [["init"], ["demo"], ["doctor"], ["orders", "import"], ["orders", "map"], ["orders", "list"], ["orders", "show"], ["print"],
          ["template", "list"], ["template", "regions"], ["read"], ["scan"], ["ratings", "list"],
          ["ratings", "export"], ["review", "list"], ["review", "settle"], ["orders", "cancel"], ["returns", "list"], ["returns", "announce"], ["stats"], ["export"], ["bench", "read"],
          ["store", "info"], ["store", "migrate"], ["shop", "add"], ["shop", "list"], ["shop", "show"], ["user", "add"], ["user", "list"],
          ["user", "role"], ["user", "disable"], ["user", "enable"], ["user", "password"], ["user", "link"], ["user", "key", "add"], ["user", "key", "list"],
          ["user", "key", "revoke"], ["audit"], ["serve"],
          ["hooks", "add"], ["hooks", "list"], ["hooks", "remove"], ["hooks", "test"],
          ["printer", "add"], ["printer", "list"], ["printer", "status"], ["printer", "test"], ["printer", "pause"],
          ["printer", "resume"], ["printer", "remove"], ["printer", "jobs"], ["printer", "settle"], ["printer", "move"],
          ["printer", "run"], ["printer", "calibrate"]]


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
        environment = {k: v for k, v in os.environ.items() if k not in ("VERSO_HOME", "VERSO_SHOP")} | (env or {})
        done = subprocess.run([PROGRAM, *arguments], cwd=self.folder, env=environment, check=False, timeout=120,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.out, self.err = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, CODES[expect], f"{arguments}\n{self.out}\n{self.err}")
        return self.out

    def lines(self, *arguments, expect="ok", env=None):
        return [json.loads(line) for line in self.verso("--json", *arguments, expect=expect, env=env).splitlines()]

    def make_home(self, orders=3):
        self.verso("init", "--shop", "Maison Essai", "--link-host", "avis.example.com")
        with open(os.path.join(SOURCE, "app/demo/orders.csv"), encoding="utf-8") as file:
            header, *rows = file.readlines()
        wanted = tuple(f"#{2000 + n}," for n in range(1, orders + 1))
        self.write("orders.csv", header + "".join(r for r in rows if r.startswith(wanted)))
        self.verso("orders", "import", "orders.csv")


class Help(CliTest):
    def test_every_command_teaches(self):
        for command in [[], *LEAVES, ["orders"], ["ratings"], ["review"], ["template"], ["bench"]]:
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
        with open(self.path("verso-home/verso.toml"), "a", encoding="utf-8") as file:
            file.write("\n[reply_crad]\n")
        self.verso("orders", "list")
        self.assertIn("reply_crad", self.err)

    def test_lost_database_is_not_replaced(self):
        self.verso("init")
        os.remove(self.path("verso-home/verso.db"))
        self.verso("orders", "list", expect="home-invalid")
        self.assertFalse(os.path.exists(self.path("verso-home/verso.db")))

    def test_doctor(self):
        findings = {f["what"]: f for f in self.lines("doctor")}
        for what in ["haru", "zxing", "opencv", "pdftoppm", "fonts", "templates", "home"]:
            self.assertTrue(findings[what]["ok"], what)
        self.assertEqual(findings["home"]["cure"], "verso init")
        self.verso("doctor", env={"PATH": "/nowhere"}, expect="dependency-missing")
        self.assertIn("apt-get install --no-install-recommends poppler-utils", self.out)
        self.verso("doctor", env={"VERSO_SHARE": "/nowhere"}, expect="dependency-missing")


class Orders(CliTest):
    def test_import_is_idempotent(self):
        self.make_home(3)
        report, = self.lines("orders", "import", "orders.csv")
        self.assertEqual((report["new"], report["changed"], report["unchanged"]), (0, 0, 3))

    def test_broken_row_is_told_and_the_rest_kept(self):
        self.make_home(1)
        with open(self.path("orders.csv"), encoding="utf-8") as file:
            header, first = file.readlines()[:2]
        good, bad = first.replace("#2001", "#7"), first.replace("#2001", "#8").replace(",EUR,", ",EUR,", 1)
        cells = bad.split(",")
        cells[2] = "yesterday"
        self.write("mixed.csv", header + good + ",".join(cells))
        report, = self.lines("orders", "import", "mixed.csv", expect="partly")
        self.assertEqual(report["new"], 1)
        self.assertEqual([(r["line"], r["order"]) for r in report["rejected"]], [(3, "#8")])
        self.verso("orders", "show", "#7")
        self.verso("orders", "show", "#8", expect="not-found")

    def test_not_an_export(self):
        self.make_home(1)
        self.write("letter.csv", "dear,friend\n1,2\n")
        self.verso("orders", "import", "letter.csv", expect="format-invalid")
        self.assertIn("letter.csv", self.err)
        self.verso("orders", "import", "gone.csv", expect="not-found")
        self.verso("orders", "import", "gone.csv", "orders.csv", expect="partly")

    def test_show_and_list(self):
        self.make_home(3)
        self.assertEqual([o["order"] for o in self.lines("orders", "list")], ["#2001", "#2002", "#2003"])
        order, = self.lines("orders", "show", "#2002")
        self.assertEqual(order["cards"], [])
        self.assertIsNone(order["rating"])
        self.verso("orders", "show", "#9", expect="not-found")


class Printing(CliTest):
    def print(self, *arguments, expect="ok"):
        return self.verso("print", "--template", "a4-fold", *arguments, expect=expect)

    def test_all_then_nothing_more(self):
        self.make_home(3)
        self.print("--all", "--out", "a.pdf", "--manifest", "a.jsonl")
        with open(self.path("a.jsonl"), encoding="utf-8") as file:
            manifest = [json.loads(line) for line in file]
        self.assertEqual([m["order"] for m in manifest], ["#2001", "#2002", "#2003"])
        self.assertEqual(manifest[1]["first_page"], 1 + manifest[0]["pages"])
        self.assertEqual(manifest[0]["file"], "a.pdf")
        self.assertTrue(manifest[0]["link"].startswith("HTTPS://AVIS.EXAMPLE.COM/C/"))
        self.assertEqual(stat.S_IMODE(os.stat(self.path("a.jsonl")).st_mode), 0o600)
        self.assertIn("Nothing to print", self.print("--all", "--out", "b.pdf"))
        self.assertFalse(os.path.exists(self.path("b.pdf")))
        self.assertNotIn("unfinished", " ".join(os.listdir(self.folder)))

    def test_links_are_only_in_the_manifest(self):
        self.make_home(1)
        printed, = self.lines("print", "--all", "--template", "a4-fold", "--out", "a.pdf")
        self.assertNotIn("link", printed)

    def test_reprint_needs_a_reason_and_voids(self):
        self.make_home(1)
        self.print("--order", "#2001", "--out", "a.pdf")
        self.print("--order", "#2001", "--out", "b.pdf", expect="already-exists")
        self.print("--order", "#2001", "--out", "b.pdf", "--reprint", "paper jam")
        order, = self.lines("orders", "show", "#2001")
        self.assertEqual([c["state"] for c in order["cards"]], ["voided", "printed"])

    def test_a_print_is_never_written_over(self):
        self.make_home(2)
        self.print("--order", "#2001", "--out", "a.pdf")
        self.print("--order", "#2002", "--out", "a.pdf", expect="already-exists")
        order, = self.lines("orders", "show", "#2002")
        self.assertEqual(order["cards"], [])

    def test_unpaid_gets_no_card(self):
        self.make_home(17)
        self.print("--order", "#2017", "--out", "a.pdf", expect="not-allowed")
        self.print("--order", "#2016", "--order", "#2017", "--out", "a.pdf", expect="partly")
        self.assertIn("#2017 parcel 1", self.out)

    def test_what_cannot_be_printed_leaves_nothing(self):
        self.make_home(1)
        self.print("--order", "#9", "--out", "a.pdf", expect="not-found")
        self.verso("print", "--all", "--template", "a9", "--out", "a.pdf", expect="not-found")
        self.print("--all", "--out", "gone/a.pdf", expect="file-unwritable")
        self.assertEqual(sorted(os.listdir(self.folder)), ["orders.csv", "verso-home"])
        order, = self.lines("orders", "show", "#2001")
        self.assertEqual(order["cards"], [])

    def test_a_proof_before_anything_is_recorded(self):
        self.make_home(2)
        self.print("--all", "--out", "a.pdf", "--manifest", "a.jsonl", "--verify", "72", expect="template-invalid")
        self.assertRegex(self.err, r"page 1, order #2001 parcel 1, .*: expected .*, found ")
        self.assertEqual(sorted(os.listdir(self.folder)), ["orders.csv", "verso-home"])
        order, = self.lines("orders", "show", "#2001")
        self.assertEqual(order["cards"], [])
        proofs = [line for line in self.lines("print", "--template", "a4-fold", "--all", "--out", "a.pdf", "--verify")
                  if "verified_page" in line]
        self.assertGreaterEqual(len(proofs), 2)
        self.assertEqual({p["insert"] for p in proofs}, {"order #2001 parcel 1", "order #2002 parcel 1"})
        self.assertFalse([d for p in proofs for d in p["differences"]])
        self.print("--all", "--out", "b.pdf", "--verify", "--format", "zpl", expect="usage")

    def test_unknown_template_key(self):
        self.make_home(1)
        os.makedirs(self.path("verso-home/templates/insert"))
        with open(os.path.join(SOURCE, "templates/insert/a4-fold.json"), encoding="utf-8") as file:
            text = file.read()
        self.write("verso-home/templates/insert/mine.json", text.replace("{", '{"colour": "blue", ', 1))
        self.verso("print", "--all", "--template", "mine", "--out", "a.pdf", expect="template-invalid")
        self.assertIn("mine.json", self.err)
        self.assertIn("colour", self.err)

    def test_interrupted_print_is_settled_by_the_next(self):
        self.make_home(2)
        self.write("old.pdf.unfinished", "half")
        self.write("verso-home/spool/print-X0YN7B5YAKMJ0.json",
                   json.dumps({"pdf": self.path("old.pdf"), "manifest": "", "card": "X0YN7B5YAKMJ0"}))
        self.print("--order", "#2001", "--out", "a.pdf")
        self.assertIn("old.pdf", self.err)
        self.assertFalse(os.path.exists(self.path("old.pdf.unfinished")))

    def test_regions_are_frozen_under_one_number(self):
        self.make_home(1)
        first, = self.lines("template", "regions", "a4-fold")
        self.print("--all", "--out", "a.pdf", "--manifest", "a.jsonl")
        again, = self.lines("template", "regions", "a4-fold")
        self.assertEqual(first, again)
        with open(self.path("a.jsonl"), encoding="utf-8") as file:
            self.assertEqual(json.loads(file.readline())["layout"], first["layout"])
        self.verso("template", "regions", "a9", expect="not-found")
        self.assertIn("a4-fold", self.verso("template", "list"))


class Waves(CliTest):
    def wave(self, *arguments, expect="ok"):
        return self.verso("print", "--wave", *arguments, expect=expect)

    def start(self, *arguments, expect="ok"):
        return self.wave("--all", "--template", "a4-fold", "--name", "w", "--out", "out", "--per-file", "2",
                         "--manifest", "w.jsonl", *arguments, expect=expect)

    def manifest(self, name="w.jsonl"):
        with open(self.path(name), encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def test_files_manifest_and_places(self):
        self.make_home(5)
        self.assertIn("Wave w: printed 5 inserts", self.start("--separators"))
        self.assertEqual(sorted(os.listdir(self.path("out"))), [f"wave-w-00{n}.pdf" for n in (1, 2, 3)])
        self.assertEqual([m["position"] for m in self.manifest()], [1, 2, 3, 4, 5])
        self.assertEqual(self.manifest()[-1]["file"], "wave-w-003.pdf")
        self.assertEqual(stat.S_IMODE(os.stat(self.path("w.jsonl")).st_mode), 0o600)
        self.start(expect="already-exists")
        self.assertIn("Nothing to print", self.wave("--all", "--template", "a4-fold", "--out", "more"))
        self.assertFalse(os.path.exists(self.path("more")))

    def test_pick_order_and_the_orders_own(self):
        self.make_home(8)
        bins = {}
        with open(self.path("orders.csv"), encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                bins.setdefault((row["order"], int(row["parcel"])), row["bin"])
        self.start()
        picked = [(m["order"], m["parcel"]) for m in self.manifest()]
        self.assertGreater(len(set(bins[p] for p in picked)), 2)

        def way(parcel):
            parts = re.findall(r"\d+|\D", bins[parcel])
            return bins[parcel] == "", [(0, int(t), "") if t.isdigit() else (1, 0, t) for t in parts], parcel

        self.assertEqual(picked, sorted(picked, key=way))
        self.verso("print", "--wave", "x", "--all", "--template", "a4-fold", "--sort", "order", "--reprint", "again",
                   "--out", "x", "--manifest", "x.jsonl")
        listed = list(dict.fromkeys(m["order"] for m in self.manifest("x.jsonl")))
        self.assertEqual(listed, sorted(listed))

    def test_a_range_is_printed_again(self):
        self.make_home(4)
        self.start()
        self.wave("w", "--range", "2-3", "--reprint", "paper jam", "--out", "again.pdf", "--manifest", "again.jsonl")
        again = self.manifest("again.jsonl")
        self.assertEqual([m["position"] for m in again], [2, 3])
        self.assertEqual([m["order"] for m in again], [m["order"] for m in self.manifest()[1:3]])
        order, = self.lines("orders", "show", again[0]["order"])
        self.assertIn("voided", [c["state"] for c in order["cards"]])
        self.wave("w", "--range", "3-99", "--reprint", "x", "--out", "b.pdf", expect="value-invalid")
        self.wave("w", "--range", "3", "--out", "b.pdf", expect="usage")
        self.wave("no", "--range", "3", "--reprint", "x", "--out", "b.pdf", expect="not-found")
        self.wave("w", "--range", "3-x", "--reprint", "x", "--out", "b.pdf", expect="usage")

    def test_killed_and_resumed(self):
        self.make_home(20)
        call = [PROGRAM, "print", "--wave", "w", "--all", "--template", "a4-fold", "--out", "out", "--per-file", "1",
                "--manifest", "w.jsonl"]
        deaths = 0
        for pause in (0.05, 0.1, 0.15, 0.2, 0.25):
            running = subprocess.Popen(call, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                running.wait(pause)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()
                deaths += 1
        self.assertGreater(deaths, 0)
        if not os.path.exists(self.path("w.jsonl")):
            self.verso(*call[1:], expect="ok")
        self.verso("print", "--resume", "w")
        self.assertIn("complete", self.out)
        manifest = self.manifest()
        self.assertEqual([m["position"] for m in manifest], list(range(1, len(manifest) + 1)))
        self.assertEqual(len({(m["order"], m["parcel"]) for m in manifest}), len(manifest))
        self.assertEqual(sorted(os.listdir(self.path("out"))), sorted(m["file"] for m in manifest))
        self.assertEqual([f for f in os.listdir(self.path("verso-home/spool")) if f.endswith(".json")], [])
        self.assertIn("Nothing to print", self.wave("--all", "--template", "a4-fold", "--out", "more"))

    def test_what_is_left_out_is_told(self):
        self.make_home(3)
        with open(self.path("orders.csv"), encoding="utf-8") as file:
            header, first, *_ = file.readlines()
        name = dict(zip(header.strip().split(","), first.strip().split(",")))
        self.assertTrue(name)
        self.write("odd.csv", header + first.replace("#2001", "#2901").replace(name["name"], "\U0001F642"))
        self.verso("orders", "import", "odd.csv")
        self.start(expect="partly")
        self.assertIn("#2901", self.out)
        self.assertIn("1 of its 4 places have no sheet", self.out)
        self.assertEqual(len(self.manifest()), 3)

    def use_s10(self, first, last):
        with open(self.path("verso-home/verso.toml"), encoding="utf-8") as file:
            text = file.read()
        numbers = f'[return_label.s10]\nservice = "RR"\ncountry = "FR"\nfrom = {first}\nto = {last}\n'
        self.write("verso-home/verso.toml", text.replace('source = "plain"\n', 'source = "s10"\n\n' + numbers))

    def test_numbers_of_return_labels(self):
        self.make_home(5)
        self.use_s10(47312482, 47312489)
        self.start()
        numbers = [m["label"] for m in self.manifest()]
        self.assertEqual(numbers[0], "RR473124829FR")
        self.assertEqual([int(n[2:10]) for n in numbers], list(range(47312482, 47312487)))
        again = ["w", "--range", "1-3", "--reprint", "paper jam", "--manifest"]
        self.wave(*again, "again.jsonl", "--out", "again.pdf")
        self.assertEqual([int(m["label"][2:10]) for m in self.manifest("again.jsonl")], [47312487, 47312488, 47312489])
        self.assertIn("0 numbers are left", self.err)
        self.wave(*again, "more.jsonl", "--out", "more.pdf", expect="not-allowed")
        self.assertFalse(os.path.exists(self.path("more.pdf")))

    def test_a_wave_without_enough_numbers_is_not_begun(self):
        self.make_home(5)
        self.use_s10(1, 4)
        self.start(expect="not-allowed")
        self.assertIn("5 numbers are needed, the range 1 to 4 has 4 left", self.err)
        self.assertIn("return_label.s10", self.err)
        self.verso("print", "--resume", "w", expect="not-found")
        self.assertEqual(os.listdir(self.path("out")), [])
        self.assertEqual(os.listdir(self.path("verso-home/spool")), ["print.lock"])
        order, = self.lines("orders", "show", "#2001")
        self.assertEqual(order["cards"], [])

    def test_each_file_is_proved_before_its_name(self):
        self.make_home(3)
        self.start("--verify", "72", expect="template-invalid")
        self.assertEqual(os.listdir(self.path("out")), [])
        self.verso("print", "--resume", "w", expect="template-invalid")
        self.verso("print", "--resume", "w", "--verify", expect="usage")
        self.wave("--all", "--template", "a4-fold", "--name", "v", "--out", "v", "--per-file", "2", "--separators",
                  "--manifest", "v.jsonl", "--verify")
        self.assertEqual(self.out.count("at 300 dpi"), 2)
        self.assertEqual(len(self.manifest("v.jsonl")), 3)

    def test_labels_for_a_label_printer(self):
        self.make_home(3)
        self.wave("--all", "--template", "label-100x150", "--name", "z", "--out", "out", "--format", "zpl", "--dpi", "300",
                  "--manifest", "z.jsonl", "--separators")
        with open(self.path("out/wave-z-001.zpl"), encoding="utf-8") as file:
            zpl = file.read()
        last = self.manifest("z.jsonl")[-1]
        self.assertEqual(zpl.count("^XA"), last["first_page"] + last["pages"] - 1)
        self.assertEqual(zpl.count("^XA"), zpl.count("^XZ"))

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
        self.assertEqual([r["code"] for r in reading["reasons"]], ["blank-side"])
        self.assertEqual(reading["side"], "blank")

    def test_keyed_code(self):
        self.make_home(1)
        Page.blank().save_png(self.path("white.png"))
        self.verso("read", "white.png", "--card", "4K7M-2Q9X-W3HTA", expect="value-invalid")
        self.verso("read", "white.png", "--card", "X0YN-7B5Y-AKMJ0", expect="not-found")
        self.verso("read", "white.png", "white.png", "--card", "X0YN-7B5Y-AKMJ0", expect="usage")


class Bench(CliTest):
    """Kept pictures, right labels and wrong ones. Needs no home."""

    KEPT = os.path.join(SOURCE, "tests/blackbox")

    def bench(self, folder, expect="ok"):
        score, = self.lines("bench", "read", folder, "--layouts", os.path.join(self.KEPT, "layouts.jsonl"),
                            expect=expect)
        return score

    def test_right_labels(self):
        score = self.bench(os.path.join(self.KEPT, "clean-filled"))
        self.assertEqual(score["cards"]["wrong"], 0)
        self.assertEqual(score["named"], score["pictures"])
        self.assertEqual(set(score["questions"]), {"overall", "described", "again", "delivery", "complete", "publish"})
        self.assertEqual(score["boxes"], 20 * score["pictures"])
        self.assertGreater(score["ratio_to_decoding"], 1)
        self.assertIn("straight through", self.verso("bench", "read", os.path.join(self.KEPT, "clean-filled"),
                                                     "--layouts", os.path.join(self.KEPT, "layouts.jsonl")))

    def test_wrong_labels_end_with_a_code(self):
        folder = os.path.join(self.KEPT, "clean-filled")
        os.mkdir(self.path("scans"))
        with open(os.path.join(folder, "truth.jsonl"), encoding="utf-8") as file:
            label = json.loads(file.readline())
        with open(os.path.join(folder, label["file"]), "rb") as file, \
                open(self.path("scans/a.jpg"), "wb") as copy:
            copy.write(file.read())
        del label["file"]
        label["cards"][0]["answers"]["overall"] = label["cards"][0]["answers"]["overall"] % 5 + 1
        self.write("scans/a.json", json.dumps(label))
        score = self.bench("scans", expect="partly")
        self.assertEqual((score["cards"]["wrong"], score["questions"]["overall"]["wrong"]), (1, 1))
        self.assertIn("a.jpg: overall", score["faults"][0])

    def test_no_labels(self):
        os.mkdir(self.path("scans"))
        self.verso("bench", "read", "scans", "--layouts", os.path.join(self.KEPT, "layouts.jsonl"), expect="not-found")
        self.verso("bench", "read", "scans", expect="home-invalid")


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

    # Squares of 0.9 mm: a word that any machine reads.
    WORD = ["#...# ##### #.... #.... .###.", "#...# #.... #.... #.... #...#", "#...# #.... #.... #.... #...#",
            "##### ####. #.... #.... #...#", "#...# #.... #.... #.... #...#", "#...# #.... #.... #.... #...#",
            "#...# ##### ##### ##### .###."]

    def write_word(self, manifest, name):
        """The card with its overall answer and HELLO in the field for the comment."""
        layout, = self.lines("template", "regions", "a4-fold")
        card = layout["cards"][0]
        page = Page.of_pdf(self.path(manifest["file"]), manifest["first_page"] + card["page"] - 1, dpi=300)
        overall, = [q for q in card["questions"] if q["id"] == "overall"]
        page.fill(overall["options"][0]["box"])
        field, = card["fields"]
        for row, squares in enumerate(self.WORD):
            for column, square in enumerate(squares):
                if square == "#":
                    page.fill({"x": field["box"]["x"] + 20 + 0.9 * column, "y": field["box"]["y"] + 10 + 0.9 * row,
                               "w": 0.9, "h": 0.9}, part=1.1)
        page.cut(card["box"]).save_png(self.path(name))

    def test_handwriting_is_cut_out_and_guessed_at(self):
        first, *_ = self.print_wave()
        self.write_word(first, "1.png")
        reading, = self.lines("read", "1.png", "--crop-dir", "crops")
        comment = reading["fields"]["comment"]
        self.assertTrue(comment["inked"])
        self.assertEqual(sorted(os.listdir(self.path("crops"))),
                         sorted(os.path.basename(comment[picture]) for picture in ("crop", "original")))
        self.assertNotIn("guess", comment)

        os.mkdir(self.path("nothing"))
        reading, = self.lines("read", "1.png", "--transcribe", env={"PATH": self.path("nothing")})
        self.assertEqual(self.err.count("Tesseract is not installed"), 1)
        self.assertEqual(reading["fields"]["comment"], {"inked": True, "crop": None})

        if shutil.which("tesseract") is None:
            self.skipTest("tesseract is not installed")
        os.mkdir(self.path("tmp"))
        reading, = self.lines("scan", "1.png", "--transcribe", env={"TMPDIR": self.path("tmp")})
        self.assertEqual(reading["fields"]["comment"], {"inked": True, "crop": None, "guess": "HELLO"})
        self.assertEqual(os.listdir(self.path("tmp")), [])
        self.assertEqual([r["comment"] for r in self.lines("ratings", "list")], [""])

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
        shared = [self.lines("read", "inbox", "--workers", str(n), "--crop-dir", "crops") for n in (1, 2)]
        for reading in shared[0] + shared[1]:
            del reading["ms"]
        self.assertEqual(shared[0], shared[1])
        self.assertEqual([r["source"] for r in shared[0]], ["inbox/1.png", "inbox/2.png", "inbox/3.png"])

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
