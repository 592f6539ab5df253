# SPDX-License-Identifier: Apache-2.0
"""What is kept of buyers, given out, erased and forgotten, from outside."""
import json
import os
import sqlite3
from contextlib import closing

from test_cli import CliTest, RoundTrip


class Privacy(CliTest):
    mark, print_wave = RoundTrip.mark, RoundTrip.print_wave
    BY = ("--by", "Max", "--reason", "asked by mail")

    def full_home(self):
        """A home where the buyer of #2001 left something everywhere."""
        prints = self.print_wave()
        first = prints[0]
        self.mark(first, {"overall": 4}, "card.png")
        self.verso("scan", "card.png", "--crop-dir", "verso-home/crops")
        self.verso("jobs", "add", "print", "--order", "#2001", "--template", "a4-fold", "--reprint", "wet")
        self.verso("work", "--once")
        self.write("events.csv", "tracking;status;at\nTEST-2001-1;delivered;2026-10-09T10:02:00+02:00\n")
        self.verso("events", "import", "events.csv")
        self.verso("orders", "edit", "#2001", "--address", "line2=Hinterhaus", *self.BY, expect="not-allowed")
        return prints

    def person(self):
        with closing(sqlite3.connect(self.path("verso-home/verso.db"))) as database:
            bodies = database.execute("SELECT body FROM order_body b JOIN customer_order o ON o.id = b.order_id"
                                      " WHERE o.number = '#2001'").fetchall()
        body = json.loads(bodies[0][0])
        address = body["ship_to"]
        return [body["email"], address["name"], address["line1"], "TEST-2001-1"]

    def whole_home(self):
        found = {}
        for folder, _, files in os.walk(self.path("verso-home")):
            for name in files:
                with open(os.path.join(folder, name), "rb") as file:
                    found[os.path.relpath(os.path.join(folder, name), self.folder)] = file.read()
        return found

    def test_nothing_of_the_person_is_left_anywhere_in_the_home(self):
        self.full_home()
        words = self.person()
        before = self.whole_home()
        for word in words:
            self.assertTrue(any(word.encode() in data for data in before.values()), word)
        pictures = [name for name in before if "/images/" in name]
        sheets = [name for name in before if "/spool/jobs/" in name]
        self.assertTrue(pictures and sheets, sorted(before))
        dry, = self.lines("privacy", "erase", "--email", words[0], *self.BY, "--dry-run")
        self.assertEqual((dry["dry_run"], dry["orders"]), (True, 1))
        self.assertEqual(self.whole_home().keys(), before.keys())
        done, = self.lines("privacy", "erase", "--email", words[0], *self.BY)
        self.assertEqual((done["orders"], done["readings"]), (1, 1))
        after = self.whole_home()
        for word in words:
            where = [name for name, data in after.items() if word.encode() in data]
            self.assertEqual(where, [], word)
        self.assertEqual([name for name in pictures + sheets if name in after], [])
        rating, = self.lines("ratings", "list")
        self.assertEqual(rating["answers"]["overall"], 4, "the score stays")
        self.verso("privacy", "erase", "--email", words[0], *self.BY, expect="not-found")
        report = self.lines("orders", "import", "orders.csv", expect="partly")[0]
        self.assertIn("erased", report["rejected"][0]["reason"])
        self.assertFalse(any(words[0].encode() in data for data in self.whole_home().values()))

    def test_given_out(self):
        self.full_home()
        words = self.person()
        self.verso("privacy", "export", "--order", "#2001", "--out", "buyer.json")
        self.assertEqual(os.stat(self.path("buyer.json")).st_mode & 0o777, 0o600)
        with open(self.path("buyer.json"), encoding="utf-8") as file:
            text = file.read()
        json.loads(text)
        for word in words:
            self.assertIn(word, text)
        self.verso("privacy", "export", "--order", "#404", "--out", "x.json", expect="not-found")
        self.assertFalse(os.path.exists(self.path("x.json")))

    def test_wrong_calls(self):
        self.make_home()
        self.verso("privacy", "erase", *self.BY, expect="usage")
        self.verso("privacy", "erase", "--order", "#2001", expect="usage")
        self.verso("privacy", "erase", "--order", "#2001", "--by", "", "--reason", "x", expect="value-invalid")
        self.verso("privacy", "erase", "--email", "no address", *self.BY, expect="value-invalid")
        self.verso("privacy", "erase", "--card", "X0YN-7B5Y-AKMJ0", *self.BY, expect="not-found")

    def forget_after(self, **days):
        with open(self.path("verso-home/verso.toml"), "a", encoding="utf-8") as file:
            file.write("\n[privacy]\n" + "".join(f"{key} = {value}\n" for key, value in days.items()))

    def age(self, days):
        with closing(sqlite3.connect(self.path("verso-home/verso.db"))) as database, database:
            for table, column in [("printed_insert", "printed_at"), ("scan", "recorded_at"), ("customer_order", "placed_utc")]:
                database.execute(f"UPDATE {table} SET {column} = {column} - ?", (days * 86400,))

    def test_forgets_by_itself(self):
        self.full_home()
        words = self.person()
        self.forget_after(images_days=90, secrets_days=400, addresses_days=30000)
        self.assertIn("0", self.verso("privacy", "run"))
        self.assertTrue(os.listdir(self.path("verso-home/images")))
        self.age(100)
        out = self.verso("work", "--once", "--kinds", "retention")
        self.assertIn("1 jobs done", out)
        self.assertEqual(os.listdir(self.path("verso-home/images")), [])
        self.assertTrue(any(words[1].encode() in data for data in self.whole_home().values()))
        self.assertIn("0 jobs done", self.verso("work", "--once", "--kinds", "retention"), "once a day")
        self.age(30000)
        run, = self.lines("privacy", "run")
        self.assertEqual(run["addresses"], 3)
        self.assertFalse(any(words[1].encode() in data for data in self.whole_home().values()))

    def test_keys_that_are_wrong(self):
        self.make_home()
        self.forget_after(images_days=-1)
        self.verso("privacy", "run", expect="value-invalid")
        self.assertIn("images_days", self.err)

    def test_nothing_is_queued_where_nothing_is_forgotten(self):
        self.make_home()
        self.verso("work", "--once", "--kinds", "retention")
        self.assertEqual(self.lines("jobs", "list", "--state", "done"), [])
        self.verso("work", "--once", "--kinds", "mail", expect="usage")
        self.assertIn("retention", self.err)
