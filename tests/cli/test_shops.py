# SPDX-License-Identifier: Apache-2.0
"""Several shops in one home, and who may log in, from outside."""
import glob
import json
import os
import pty
import subprocess
import unittest

from test_cli import CODES, PROGRAM, CliTest, RoundTrip

SECOND = '''
[shop]
name = "Boutique Essai"
link_host = "boutique.example.com"
language = "de"

[return_label]
source = "plain"
'''


class Shops(CliTest):
    def make_two(self):
        self.make_home(2)
        self.write("second.toml", SECOND)
        self.verso("shop", "add", "Boutique", "--from", "second.toml")

    def test_a_shop_has_settings_orders_and_templates_of_its_own(self):
        self.make_two()
        self.assertEqual(self.lines("--shop", "boutique", "orders", "list"), [])
        self.verso("--shop", "BOUTIQUE", "orders", "import", "orders.csv")
        self.assertEqual(len(self.lines("orders", "list", "--shop", "boutique")), 2)
        self.verso("orders", "import", "orders.csv", env={"VERSO_SHOP": "boutique"})
        main, second = self.lines("shop", "list")
        self.assertEqual((main["shop"], main["title"], main["orders"]), ("main", "Maison Essai", 2))
        self.assertEqual((second["shop"], second["title"], second["orders"]), ("boutique", "Boutique Essai", 2))
        order = self.lines("orders", "list")[0]["order"]
        self.verso("--shop", "boutique", "orders", "cancel", order, "--by", "emma", "--reason", "trial")
        states = {shop: {o["order"]: o for o in self.lines("--shop", shop, "orders", "list")}[order] for shop in ("main", "boutique")}
        self.assertNotEqual(states["main"], states["boutique"])
        self.verso("--shop", "boutique", "template", "new", "ours", "--from", "a4-fold")
        names = [t["template"] for t in self.lines("--shop", "boutique", "template", "list")]
        self.assertIn("ours", names)
        self.assertNotIn("ours", [t["template"] for t in self.lines("template", "list")])
        shown, = self.lines("shop", "show", "--shop", "boutique")
        self.assertEqual(shown["link_host"], "boutique.example.com")
        self.assertEqual(len(shown["templates"]), 2)
        self.verso("--shop", "boutique", "print", "--all", "--template", "ours", "--out", "b.pdf", "--manifest", "b.jsonl")
        with open(self.path("b.jsonl"), encoding="utf-8") as file:
            self.assertIn("BOUTIQUE.EXAMPLE.COM", file.readline())
        self.assertIn("2", self.verso("print", "--all", "--template", "a4-fold", "--out", "a.pdf"))

    def test_a_shop_that_is_not_there(self):
        self.make_two()
        self.verso("--shop", "nobody", "orders", "list", expect="not-found")
        self.assertIn("main, boutique", self.err)
        self.assertIn("verso shop add nobody", self.err)
        for name in ("../x", "", "a b", "x" * 41, "é"):
            self.verso("shop", "add", name, expect="value-invalid")
        self.verso("--shop", "../x", "orders", "list", expect="value-invalid")
        for name in ("BOUTIQUE", "main", "Main"):
            self.verso("shop", "add", name, expect="already-exists")
        self.verso("shop", "add", "third", "--from", "missing.toml", expect="not-found")
        self.write("bad.toml", "[shop]\nname = 3\n")
        self.verso("shop", "add", "third", "--from", "bad.toml", expect="value-invalid")
        self.assertFalse(os.path.exists(self.path("verso-home/shops/third")))
        self.assertEqual(len(self.lines("shop", "list")), 2)

    def test_what_was_half_made_is_finished(self):
        self.make_two()
        os.remove(self.path("verso-home/shops/boutique/verso.toml"))
        self.verso("--shop", "boutique", "orders", "list", expect="home-invalid")
        self.assertIn("verso shop add boutique", self.err)
        self.assertIn("not on this machine", self.lines("shop", "list")[1]["fault"])
        self.verso("shop", "add", "boutique")
        self.assertEqual(self.lines("--shop", "boutique", "orders", "list"), [])
        os.makedirs(self.path("verso-home/shops/third"))
        self.write("verso-home/shops/third/verso.toml", SECOND)
        self.verso("shop", "add", "third", "--from", "second.toml", expect="already-exists")
        self.verso("shop", "add", "third")
        self.assertEqual(self.lines("shop", "list")[2]["title"], "Boutique Essai")

    def test_settings_of_the_machine_count_in_the_home_only(self):
        self.make_two()
        self.write("verso-home/shops/boutique/verso.toml", SECOND + '[store]\nurl = "elsewhere.db"\n[reading]\nworkers = 3\n')
        self.assertEqual(self.lines("--shop", "boutique", "orders", "list"), [])
        self.assertIn("[store] does nothing here", self.err)
        self.assertIn("[reading] does nothing here", self.err)

    def test_two_shops_never_count_in_one_range(self):
        self.make_two()
        label = '\n[return_label]\nsource = "sscc"\n[return_label.sscc]\ncompany_prefix = "2012345"\nfrom = %d\nto = %d\n'
        with open(self.path("verso-home/verso.toml"), encoding="utf-8") as file:
            settings = file.read().replace('[return_label]\n', "").replace('source = "plain"\n', "")
        self.write("verso-home/verso.toml", settings + label % (1, 500))
        self.write("verso-home/shops/boutique/verso.toml", SECOND.split("[return_label]")[0] + label % (500, 900))
        self.verso("print", "--all", "--template", "a4-fold", "--out", "a.pdf", expect="not-allowed")
        self.assertIn("the shop boutique", self.err)
        self.write("verso-home/shops/boutique/verso.toml", SECOND.split("[return_label]")[0] + label % (501, 900))
        self.verso("print", "--all", "--template", "a4-fold", "--out", "a.pdf")

    def test_jobs_are_done_for_their_own_shop(self):
        self.make_two()
        self.verso("--shop", "boutique", "orders", "import", "orders.csv")
        order = self.lines("orders", "list")[0]["order"]
        for shop in ("main", "boutique"):
            self.verso("--shop", shop, "jobs", "add", "print", "--order", order, "--template", "a4-fold")
        self.assertEqual(len(self.lines("jobs", "list", "--state", "waiting")), 1)
        self.verso("--shop", "boutique", "work", "--once")
        self.assertEqual(len(self.lines("--shop", "boutique", "jobs", "list", "--state", "done")), 1)
        self.assertEqual(len(self.lines("jobs", "list", "--state", "waiting")), 1)
        self.verso("work", "--once")
        self.assertEqual(len(self.lines("jobs", "list", "--state", "done")), 1)
        self.assertEqual(len(glob.glob(self.path("verso-home/spool/jobs/*.pdf"))), 2)


class MixedPile(RoundTrip):
    """A card of each of two shops in one bag."""

    def two_cards(self):
        first, *_ = self.print_wave()
        self.write("second.toml", SECOND)
        self.verso("shop", "add", "boutique", "--from", "second.toml")
        self.verso("--shop", "boutique", "orders", "import", "orders.csv")
        self.verso("--shop", "boutique", "print", "--order", first["order"], "--template", "a4-fold", "--out", "b.pdf",
                   "--manifest", "b.jsonl")
        with open(self.path("b.jsonl"), encoding="utf-8") as file:
            other = json.loads(file.readline())
        os.mkdir(self.path("inbox"))
        self.mark(first, self.ANSWERS, "inbox/a.png")
        self.mark(other, self.ANSWERS | {"overall": 1}, "inbox/b.png")

    def overall(self, shop):
        return [r["answers"]["overall"] for r in self.lines("--shop", shop, "ratings", "list")]

    def test_each_card_goes_to_its_own_shop(self):
        self.two_cards()
        out = self.verso("scan", "inbox")
        self.assertRegex(out, r"cards of other shops among them +1")
        self.assertEqual((self.overall("main"), self.overall("boutique")), ([4], [1]))

    def test_a_named_shop_takes_its_own_only(self):
        self.two_cards()
        before = len(os.listdir(self.path("verso-home/images")))
        self.verso("--shop", "boutique", "scan", "inbox", expect="partly")
        self.assertIn("another shop's", self.err)
        self.assertNotIn("#2001", self.err)
        self.assertEqual((self.overall("main"), self.overall("boutique")), ([], [1]))
        self.assertEqual(len(os.listdir(self.path("verso-home/images"))), before + 1)
        self.assertEqual(self.lines("--shop", "boutique", "review", "list"), [])
        for reading in self.lines("--shop", "boutique", "read", "inbox/a.png"):
            self.assertNotIn("order", {k for k, v in reading.items() if v})

    def test_a_worker_takes_a_mixed_pile(self):
        self.two_cards()
        self.verso("jobs", "add", "scan", "inbox/a.png", "inbox/b.png")
        self.verso("work", "--once", "--kinds", "scan")
        self.assertEqual((self.overall("main"), self.overall("boutique")), ([4], [1]))


# The stories of RoundTrip run in their own class.
for story in [name for name in dir(RoundTrip) if name.startswith("test_")]:
    setattr(MixedPile, story, None)


class Users(CliTest):
    def verso_in(self, text, *arguments, expect="ok"):
        done = subprocess.run([PROGRAM, *arguments], cwd=self.folder, input=text, check=False, timeout=60,
                              capture_output=True, text=True)
        self.out, self.err = done.stdout, done.stderr
        self.assertEqual(done.returncode, CODES[expect], f"{arguments}\n{self.out}\n{self.err}")
        return self.out

    def test_a_user_from_first_to_last(self):
        self.verso("init")
        self.verso("shop", "add", "boutique")
        self.verso_in("correct horse\n", "user", "add", "Emma", "--role", "admin", "--password-stdin")
        self.verso_in("battery staple\n", "user", "add", "zoe", "--role", "packer", "--name", "Zoé E.", "--password-stdin")
        self.verso("user", "role", "zoe", "merchant", "--shop", "boutique")
        users = {user["user"]: user for user in self.lines("user", "list")}
        self.assertEqual(users["zoe"]["roles"], {"main": "packer", "boutique": "merchant"})
        self.assertEqual(users["zoe"]["name"], "Zoé E.")
        self.assertEqual([u["user"] for u in self.lines("--shop", "boutique", "user", "list")], ["zoe"])
        self.verso("user", "disable", "emma", expect="not-allowed")
        self.verso("user", "role", "emma", "none", expect="not-allowed")
        self.verso("user", "disable", "zoe")
        self.assertIn("disabled", self.verso("user", "list"))
        self.verso("user", "enable", "zoe")
        self.verso_in("another good one\n", "user", "password", "zoe", "--password-stdin")
        audit = self.lines("audit")
        self.assertEqual([a["what"] for a in audit], ["add user", "add user", "set role", "disable user", "enable user", "set password"])
        self.assertEqual([a["subject"] for a in self.lines("--shop", "boutique", "audit")], ["zoe"])
        self.assertEqual(len(self.lines("audit", "--after", str(audit[3]["id"]))), 2)
        self.assertEqual(self.lines("audit", "--since", "2100-01-01"), [])
        self.verso("audit", "--since", "yesterday", expect="value-invalid")
        for name in ("verso.db", "verso.db-wal"):
            if os.path.exists(self.path("verso-home/" + name)):
                with open(self.path("verso-home/" + name), "rb") as file:
                    self.assertNotIn(b"correct horse", file.read())

    def test_wrong_calls(self):
        self.verso("init")
        self.verso_in("correct horse\n", "user", "add", "emma", "--role", "boss", "--password-stdin", expect="value-invalid")
        self.assertIn("packer, reviewer, merchant, admin", self.err)
        self.verso_in("short\n", "user", "add", "emma", "--role", "admin", "--password-stdin", expect="value-invalid")
        self.verso_in("", "user", "add", "emma", "--role", "admin", "--password-stdin", expect="value-invalid")
        self.verso_in("correct horse\n", "user", "add", "no name", "--role", "admin", "--password-stdin", expect="value-invalid")
        self.assertEqual(self.lines("user", "list"), [])
        self.verso("user", "disable", "nobody", expect="not-found")
        self.verso_in("correct horse\n", "user", "add", "emma", "--role", "admin", "--password-stdin")
        self.verso_in("correct horse\n", "user", "add", "EMMA", "--role", "admin", "--password-stdin", expect="already-exists")
        self.assertEqual([a["what"] for a in self.lines("audit")], ["add user"])

    def test_the_password_is_asked_for_unseen(self):
        self.verso("init")
        master, slave = pty.openpty()
        child = subprocess.Popen([PROGRAM, "user", "add", "emma", "--role", "admin"], cwd=self.folder, stdin=slave,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
                                 preexec_fn=lambda: __import__("fcntl").ioctl(0, __import__("termios").TIOCSCTTY, 0))
        os.close(slave)
        seen = b""
        for _ in range(2):
            while not seen.rstrip().endswith((b"emma:", b"again:")):
                seen += os.read(master, 1000)
            os.write(master, b"correct horse\n")
            seen += b"|"
        out, err = child.communicate(timeout=30)
        self.assertEqual(child.returncode, 0, err)
        os.close(master)
        self.assertNotIn(b"correct", seen)
        self.assertIn(b"admin", out)

    def test_keys_of_programs(self):
        self.verso("init")
        made, = self.lines("user", "key", "add", "till", "--scopes", "print, orders:read")
        self.assertRegex(made["key"], r"^[0-9A-Z]{32}$")
        self.assertEqual(made["scopes"], "orders:read print")
        self.verso("user", "key", "add", "till", "--scopes", "print", expect="already-exists")
        self.verso("user", "key", "add", "x", "--scopes", "all", expect="value-invalid")
        self.assertNotIn(made["key"], self.verso("user", "key", "list"))
        self.verso("user", "key", "revoke", "till")
        self.verso("user", "key", "revoke", "till", expect="not-found")
        self.assertNotEqual(self.lines("user", "key", "list")[0]["revoked_at"], "")
        self.assertEqual([a["what"] for a in self.lines("audit")], ["add key", "revoke key"])


if __name__ == "__main__":
    unittest.main()
