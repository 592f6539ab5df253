# SPDX-License-Identifier: Apache-2.0
"""What people do at the desk, from outside: returns, orders, reviews."""
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing

from test_cli import PROGRAM, CliTest, RoundTrip


class DeskTest(CliTest):
    def ship(self, *orders):
        """The shop's export says that these have left."""
        with open(self.path("orders.csv"), encoding="utf-8") as file:
            rows = file.read().splitlines(keepends=True)
        wanted = tuple(order + "," for order in orders)
        self.write("shipped.csv", "".join(r.replace(",open,", ",shipped,", 1) if r.startswith(wanted) else r for r in rows))
        self.verso("orders", "import", "shipped.csv")


class Returns(DeskTest):
    def announce(self, *more, order="#2001", expect="ok"):
        return self.lines("returns", "announce", order, "--by", "Max", *more, expect=expect)

    def test_from_sheet_to_refund(self):
        self.make_home()
        self.verso("print", "--all", "--template", "a4-fold", "--out", "w.pdf")
        self.announce("--line", "1=1", expect="not-allowed")
        self.assertIn("nothing has been sent yet", self.err)
        self.ship("#2001")
        printed = self.lines("orders", "show", "#2001")[0]["cards"][0]["rma"]
        made = self.announce("--line", "1=1:damaged", "--wish", "refund")[0]
        self.assertEqual((made["rma"], made["state"], made["wish"]), (printed, "announced", "refund"))
        rma = made["rma"]
        by = ("--by", "Zoé")
        self.verso("returns", "refund", rma, *by, expect="not-allowed")
        self.assertEqual(self.lines("returns", "receive", rma.lower(), *by)[0]["state"], "received")
        self.verso("returns", "inspect", rma, *by, "--line", "2=1", expect="not-allowed")
        self.assertIn("line 1", self.err)
        seen = self.lines("returns", "inspect", rma, *by, "--line", "1=1:damaged", "--line", "2=1:as-new",
                          "--note", "1=cracked")[0]
        self.assertEqual([line["note"] for line in seen["lines"]], ["cracked", ""])
        self.assertIn("unannounced", seen["differences"][0])
        worth = seen["refund"]["total"]
        self.assertGreater(float(worth), 0)
        done = self.lines("returns", "refund", rma, *by)[0]
        self.assertEqual(done["state"], "refunded")
        self.assertEqual(done["history"][-1]["detail"], worth + " EUR")
        self.assertEqual([e["what"] for e in done["history"]], ["announce", "receive", "inspect", "refund"])
        self.verso("returns", "refund", rma, *by, expect="not-allowed")
        self.assertEqual(len(self.lines("returns", "show", rma)[0]["history"]), 4, "money goes back once")
        self.verso("returns", "exchange", rma, *by, expect="not-allowed")

    def test_a_doubtful_refund_needs_a_sum(self):
        self.make_home()
        self.ship("#2001")
        rma = self.announce("--line", "1=1:too-small")[0]["rma"]
        self.verso("returns", "receive", rma, "--by", "Max")
        self.verso("returns", "inspect", rma, "--by", "Max", "--line", "1=1:used")
        self.verso("returns", "refund", rma, "--by", "Max", expect="not-allowed")
        self.assertIn("say the amount", self.err)
        for wrong, code in [("-1", "not-allowed"), ("1000000", "not-allowed"), ("much", "value-invalid")]:
            self.verso("returns", "refund", rma, "--by", "Max", "--amount=" + wrong, expect=code)
        self.assertEqual(self.lines("returns", "show", rma)[0]["state"], "inspected")
        self.verso("returns", "refund", rma, "--by", "Max", "--amount", "1.50", "--reason", "worn")
        self.assertIn("1.50 EUR: worn", self.verso("returns", "show", rma))

    def test_found_by_label_and_listed(self):
        self.make_home()
        self.ship("#2001", "#2002")
        first = self.announce("--line", "1=1", "--label", "RR473124829FR")[0]["rma"]
        second = self.announce("--line", "1=1", order="#2002")[0]["rma"]
        self.assertEqual(self.lines("returns", "receive", "]C1rr 473 124 829 fr", "--by", "Max")[0]["rma"], first)
        self.assertEqual([r["rma"] for r in self.lines("returns", "list")], [second, first])
        self.assertEqual([r["rma"] for r in self.lines("returns", "list", "--state", "received")], [first])
        self.verso("returns", "cancel", second, "--by", "Max", "--reason", "keeps it")
        self.assertIn("cancelled", self.verso("returns", "list"))
        self.verso("returns", "show", "nobody", expect="not-found")
        self.verso("returns", "list", "--state", "lost", expect="value-invalid")

    def test_what_cannot_be_meant(self):
        self.make_home()
        self.ship("#2001", "#2002")
        for line, code in [("1", "value-invalid"), ("1=x", "value-invalid"), ("1=0", "value-invalid"), ("=1", "value-invalid"),
                           ("77=1", "value-invalid"), ("1=1:ugly", "value-invalid"), ("1=999999", "value-invalid")]:
            self.announce("--line", line, expect=code)
        self.announce("--line", "1=1", "--line", "1=1", expect="value-invalid")
        self.announce("--line", "1=1", "--parcel", "9", expect="value-invalid")
        self.announce("--line", "1=1", "--rma", "7QF2M4KD9", expect="value-invalid")
        self.announce("--line", "1=1", order="#404", expect="not-found")
        self.verso("returns", "announce", "#2001", "--line", "1=1", "--by", "", expect="value-invalid")
        self.assertEqual(self.lines("returns", "list"), [])


class DeskOrders(DeskTest):
    BY = ("--by", "Zoé", "--reason", "the buyer wrote")

    def show(self, order="#2001"):
        return self.lines("orders", "show", order)[0]

    def test_cancel_before_and_after_print(self):
        self.make_home()
        self.verso("print", "--order", "#2001", "--template", "a4-fold", "--out", "w.pdf")
        card = self.show()["cards"][0]["card"]
        self.verso("orders", "cancel", "#2001", "--by", "Zoé", expect="usage")
        self.verso("orders", "cancel", "#2001", "--by", "", "--reason", "x", expect="value-invalid")
        self.verso("orders", "cancel", "#2001", "--by", "Zoé", "--reason", "", expect="value-invalid")
        self.assertEqual(self.show()["state"], "packing")
        done = self.lines("orders", "cancel", "#2001", *self.BY)[0]
        self.assertEqual((done["status"], done["voided"]), ("cancelled", [card]))
        shown = self.show()
        self.assertEqual((shown["state"], shown["cards"][0]["phase"]), ("cancelled", "voided"))
        self.assertEqual([(n["who"], n["what"], n["detail"]) for n in shown["notes"]], [("Zoé", "cancel", "the buyer wrote")])
        self.verso("orders", "cancel", "#2001", *self.BY, expect="not-allowed")
        self.verso("print", "--order", "#2001", "--template", "a4-fold", "--out", "x.pdf", expect="not-allowed")

    def test_what_has_left_is_not_changed(self):
        self.make_home()
        self.ship("#2001")
        self.verso("orders", "cancel", "#2001", *self.BY, expect="not-allowed")
        self.verso("orders", "edit", "#2001", "--line", "1=2", *self.BY, expect="not-allowed")
        self.verso("orders", "edit", "#2001", "--address", "city=Lyon", *self.BY, expect="not-allowed")
        self.assertEqual(self.show()["state"], "shipped")

    def test_edit(self):
        self.make_home()
        before = self.show()
        self.lines("orders", "edit", "#2001", "--address", "postcode=99999", *self.BY)
        now = self.show()
        self.assertEqual((now["ship_to"]["postcode"], now["revision"]), ("99999", before["revision"] + 1))
        self.assertIn("99999", now["revisions"][-1]["changes"][0])
        self.assertNotIn("99999", now["notes"][0]["detail"], "a note repeats no personal data")
        self.lines("orders", "edit", "#2001", "--line", "1=0", *self.BY)
        now = self.show()
        self.assertEqual([line["line"] for line in now["lines"]], [line["line"] for line in before["lines"]][1:])
        gone = float(before["lines"][0]["line_total"])
        self.assertAlmostEqual(float(now["total"]), float(before["total"]) - gone, places=2)
        for wrong in [("--address", "planet=Mars"), ("--address", "city"), ("--address", "country=france"),
                      ("--address", "city=a\nb"), ("--line", "77=1"), ("--line", "x"), ("--address", "postcode=99999")]:
            self.verso("orders", "edit", "#2001", *wrong, *self.BY, expect="value-invalid")
        self.assertEqual(self.show()["revision"], before["revision"] + 2)

    def test_an_import_undoes_nothing_of_the_desk(self):
        self.make_home()
        self.lines("orders", "cancel", "#2001", *self.BY)
        self.lines("orders", "edit", "#2002", "--address", "postcode=99999", *self.BY)
        report = self.lines("orders", "import", "orders.csv")[0]
        self.assertEqual((report["unchanged"], report["kept_orders"]), (3, 2))
        self.assertEqual({k["order"] for k in report["kept"]}, {"#2001", "#2002"})
        self.assertNotIn("99999", str(report))
        self.assertEqual(self.show()["state"], "cancelled")
        self.assertEqual(self.show("#2002")["ship_to"]["postcode"], "99999")
        self.ship("#2002")
        self.assertEqual((self.show("#2002")["state"], self.show("#2002")["ship_to"]["postcode"]), ("shipped", "99999"))

    def test_a_carriers_delivered_stays(self):
        self.make_home()
        self.write("events.csv", "tracking;status;at\nTEST-2001-1;delivered;2026-10-09T10:02:00+02:00\n")
        self.verso("events", "import", "events.csv")
        self.assertEqual(self.show()["state"], "delivered")
        self.ship("#2001")
        self.assertEqual(self.show()["state"], "delivered")
        self.verso("orders", "cancel", "#2001", *self.BY, expect="not-allowed")

    def test_list_by_state(self):
        self.make_home()
        self.lines("orders", "cancel", "#2001", *self.BY)
        self.assertEqual([o["order"] for o in self.lines("orders", "list", "--state", "cancelled")], ["#2001"])
        self.assertEqual(len(self.lines("orders", "list")), 3)
        self.verso("orders", "list", "--state", "asleep", expect="value-invalid")

    def test_found_by_what_is_at_hand(self):
        self.make_home()
        self.verso("print", "--order", "#2001", "--template", "a4-fold", "--out", "w.pdf")
        card = self.show()["cards"][0]
        for text in ["2001", card["card"], card["rma"], "client1@example.com", "Gaëtan", "TEST-2001-1"]:
            self.assertEqual(self.show(text)["order"], "#2001", text)
        self.assertIn("the staff may: change-address", self.verso("orders", "show", "#2001"))
        self.verso("orders", "show", "client", expect="not-found")
        self.verso("orders", "show", "nobody@example.com", expect="not-found")

    def test_only_reviewers_when_they_are_named(self):
        self.make_home()
        with open(self.path("verso-home/verso.toml"), "a", encoding="utf-8") as file:
            file.write('\n[review]\nreviewers = ["Ada"]\n')
        self.verso("orders", "cancel", "#2001", *self.BY, expect="not-allowed")
        self.verso("orders", "cancel", "#2001", "--by", "Ada", "--reason", "x")



class Reviews(CliTest):
    ANSWERS = RoundTrip.ANSWERS
    mark, print_wave = RoundTrip.mark, RoundTrip.print_wave

    def waiting(self, **marks):
        """A home with three prints, the first of which waits in review."""
        prints = self.print_wave()
        self.mark(prints[0], **({"answers": {}, "name": "card.png"} | marks))
        self.verso("scan", "card.png")
        item, = self.lines("review", "list")
        return str(item["review"]), prints

    def test_settle_says_what_the_card_says(self):
        item, prints = self.waiting()
        by = ("--by", "Zoé")
        self.verso("review", "settle", item, *by, expect="not-allowed")
        for answers, code in [("overall=9", "value-invalid"), ("mood=1", "value-invalid"), ("overall", "value-invalid"),
                              ("delivery=1", "not-allowed")]:
            self.verso("review", "settle", item, *by, "--answers", answers, expect=code)
        self.verso("review", "settle", "77", *by, "--answers", "overall=4", expect="not-found")
        self.verso("review", "key", item, prints[0]["card"], *by, expect="not-allowed")
        self.assertEqual(self.lines("ratings", "list"), [])
        self.verso("review", "rescan", item, *by, "--reason", "too dark")
        self.assertEqual(len(self.lines("review", "list")), 1)
        done = self.lines("review", "settle", item, *by, "--answers", "overall=4,delivery=none")[0]
        self.assertEqual(done["outcome"], "first")
        rating, = self.lines("ratings", "list")
        self.assertEqual((rating["order"], rating["answers"], rating["channel"]), (prints[0]["order"], {"overall": 4}, "paper"))
        self.assertEqual(self.lines("review", "list"), [])
        self.verso("review", "settle", item, *by, "--answers", "overall=1", expect="not-found")

    def test_what_was_settled_last_is_taken_back(self):
        item, prints = self.waiting()
        by = ("--by", "Zoé")
        self.verso("review", "undo", *by, expect="not-found")
        self.verso("review", "settle", item, *by, "--answers", "overall=4")
        self.verso("review", "undo", "--by", "Max", expect="not-found")
        back, = self.lines("review", "undo", *by)
        self.assertEqual(str(back["review"]), item)
        self.assertEqual(self.lines("ratings", "list"), [])
        self.verso("review", "undo", *by, expect="not-found")
        self.verso("review", "settle", item, *by, "--answers", "overall=2")
        self.assertEqual(self.lines("ratings", "list")[0]["answers"], {"overall": 2})
        self.verso("review", "undo", *by)
        self.verso("review", "discard", item, *by, "--reason", "a drawing")
        self.assertEqual(self.lines("ratings", "list"), [])
        self.verso("review", "undo", *by)
        self.assertEqual(len(self.lines("review", "list")), 1)
        self.verso("review", "settle", item, *by, "--answers", "overall=2")
        self.assertEqual(self.lines("ratings", "list")[0]["answers"], {"overall": 2})

    def test_two_people_say_the_same_or_a_supervisor_decides(self):
        item, prints = self.waiting()
        with open(self.path("verso-home/verso.toml"), "a", encoding="utf-8") as config:
            config.write('\n[review]\ndouble = true\nsupervisors = ["Ada"]\n')
        settle = lambda who, value: self.lines("review", "settle", item, "--by", who, "--answers", f"overall={value}")[0]["outcome"]
        self.assertEqual(settle("Zoé", 4), "another person must say the same")
        self.assertEqual(settle("Zoé", 4), "another person must say the same")
        self.assertEqual(self.lines("ratings", "list"), [])
        self.assertEqual(settle("Max", 5), "two differ: a supervisor decides")
        self.assertEqual(settle("Ada", 5), "first")
        self.assertEqual(self.lines("ratings", "list")[0]["answers"], {"overall": 5})

    def test_a_voided_card_gives_no_rating(self):
        item, prints = self.waiting()
        self.verso("print", "--order", prints[0]["order"], "--template", "a4-fold", "--out", "again.pdf", "--reprint", "lost")
        self.verso("review", "settle", item, "--by", "Zoé", "--answers", "overall=4", expect="not-allowed")
        self.assertIn("voided", self.err)
        self.assertEqual(self.lines("ratings", "list"), [])
        self.verso("review", "discard", item, "--by", "Zoé", "--reason", "", expect="value-invalid")
        self.verso("review", "discard", item, "--by", "Zoé", "--reason", "an old sheet")
        self.assertEqual(self.lines("review", "list"), [])

    def test_the_first_rating_stays(self):
        item, prints = self.waiting()
        self.mark(prints[0], self.ANSWERS, "again.png")
        self.verso("scan", "again.png")
        rated = self.lines("ratings", "list")
        if not rated:  # another piece of paper with the same card: it waits too
            self.skipTest("the second picture waits")
        self.verso("review", "settle", item, "--by", "Zoé", "--answers", "overall=1", expect="not-allowed")
        self.assertEqual(self.lines("ratings", "list"), rated)

    def test_a_keyed_code_names_the_card(self):
        item, prints = self.waiting(answers=self.ANSWERS, destroyed=["qr", "datamatrix"])
        by = ("--by", "Zoé")
        self.verso("review", "settle", item, *by, "--answers", "overall=4", expect="not-allowed")
        self.verso("review", "key", item, "4K7M-2Q9X-W3HTA", *by, expect="value-invalid")
        self.verso("review", "key", item, "X0YN-7B5Y-AKMJ0", *by, expect="not-found")
        self.verso("review", "key", item, prints[0]["card"], *by)
        self.verso("review", "settle", item, *by, "--answers", "overall=4")
        self.assertEqual(self.lines("ratings", "list")[0]["order"], prints[0]["order"])

    def conflict(self):
        """An answer by telephone, then the card of the same order with another one."""
        prints = self.print_wave()
        card = prints[0]["card"]
        self.verso("ratings", "record", card, "--by", "Zoé", "--answers", "overall=1")
        self.mark(prints[0], {"overall": 4}, "card.png")
        self.verso("scan", "card.png")
        item, = self.lines("review", "list")
        return str(item["review"]), card

    def rating(self):
        rating, = self.lines("ratings", "list")
        return rating["channel"], rating["answers"]["overall"]

    def test_of_two_answers_a_person_takes_the_other(self):
        item, _ = self.conflict()
        by = ("--by", "Zoé")
        shown, = self.lines("review", "show", item)
        self.assertEqual((shown["first"]["answers"]["overall"], shown["other"]["answers"]["overall"]), (1, 4))
        self.verso("review", "settle", item, *by, "--take", "paper", expect="value-invalid")
        self.assertIn("give a reason", self.err)
        self.verso("review", "settle", item, *by, "--take", "qr", "--reason", "x", expect="value-invalid")
        self.assertEqual(self.rating(), ("assisted", 1))
        done, = self.lines("review", "settle", item, *by, "--take", "paper", "--reason", "a slip on the telephone")
        self.assertEqual((done["outcome"], self.rating()), ("chosen", ("paper", 4)))
        shown, = self.lines("review", "show", item)
        self.assertFalse(shown["open"])
        self.assertIn("a slip on the telephone", shown["notes"][-1]["detail"])
        self.verso("review", "settle", item, *by, "--take", "first", "--reason", "x", expect="not-found")
        self.verso("review", "show", "77", expect="not-found")

    def test_of_two_answers_the_first_stays(self):
        item, _ = self.conflict()
        done, = self.lines("review", "settle", item, "--by", "Zoé", "--take", "first", "--reason", "asked the buyer")
        self.assertEqual((done["outcome"], self.rating()), ("first stays", ("assisted", 1)))
        self.assertEqual(self.lines("review", "list"), [])

    def test_somebody_on_the_telephone(self):
        prints = self.print_wave()
        card, by = prints[0]["card"], ("--by", "Max")
        record = ("ratings", "record")
        self.verso(*record, "4K7M-2Q9X-W3HTA", *by, "--answers", "overall=4", expect="value-invalid")
        self.verso(*record, "X0YN-7B5Y-AKMJ0", *by, "--answers", "overall=4", expect="not-found")
        self.verso(*record, card, *by, expect="value-invalid")
        self.verso(*record, card, *by, "--answers", "overall=9", expect="value-invalid")
        self.verso(*record, card, *by, "--answers", "mood=1", expect="value-invalid")
        self.verso(*record, card, "--by", "", "--answers", "overall=4", expect="value-invalid")
        self.assertEqual(self.lines("ratings", "list"), [])
        self.verso(*record, card, *by, "--kind", "not-received")
        done, = self.lines(*record, card, *by, "--answers", "overall=4,delivery=1", "--comment", "merci", "--publish")
        self.assertEqual((done["outcome"], self.rating()), ("first", ("assisted", 4)))
        notes = self.lines("orders", "show", prints[0]["order"])[0]["notes"]
        self.assertEqual([n["who"] for n in notes], ["Max", "Max"])
        self.verso("ratings", "hide", prints[0]["order"], *by, "--reason", "not nice", expect="value-invalid")
        self.assertIn("insult", self.err)
        self.assertIn("merci", self.verso("export", "comments"))
        self.verso("ratings", "hide", prints[0]["order"], *by, "--reason", "insult")
        self.assertNotIn("merci", self.verso("export", "comments"))
        self.assertEqual(self.rating(), ("assisted", 4))
        self.verso("ratings", "show", prints[0]["order"], *by, "--reason", "it was none")
        self.assertIn("merci", self.verso("export", "comments"))
        self.verso("ratings", "hide", prints[1]["order"], *by, "--reason", "insult", expect="not-found")

    def test_a_card_whose_time_is_over(self):
        prints = self.print_wave()
        with open(self.path("verso-home/verso.toml"), "a", encoding="utf-8") as file:
            file.write("\n[cards]\ncard_days = 1\n")
        self.verso("ratings", "record", prints[0]["card"], "--by", "Max", "--answers", "overall=4")
        self.age_prints(2)
        self.verso("ratings", "record", prints[1]["card"], "--by", "Max", "--answers", "overall=4", expect="not-allowed")
        self.assertIn("is over", self.err)
        self.mark(prints[1], self.ANSWERS, "late.png")
        self.verso("scan", "late.png")
        item, = self.lines("review", "list")
        self.assertEqual([r["code"] for r in item["reasons"]], ["expired-card"])
        self.verso("review", "settle", str(item["review"]), "--by", "Max")
        self.assertEqual(len(self.lines("ratings", "list")), 2)

    def age_prints(self, days):
        """As if everything was printed so many days earlier."""
        with closing(sqlite3.connect(self.path("verso-home/verso.db"))) as database, database:
            database.execute("UPDATE printed_insert SET printed_at = printed_at - ?", (days * 86400,))


class Watching(CliTest):
    """A folder into which a scanner puts its files."""
    ANSWERS = RoundTrip.ANSWERS
    mark, print_wave = RoundTrip.mark, RoundTrip.print_wave

    def start(self):
        watcher = subprocess.Popen([PROGRAM, "scan", "--watch", "hot"], cwd=self.folder, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(watcher.wait)
        self.addCleanup(watcher.kill)
        return watcher

    def there(self, name):
        for _ in range(300):
            if os.path.exists(self.path(name)):
                return True
            time.sleep(0.1)
        return False

    def test_files_come_in_once_whatever_happens(self):
        prints = self.print_wave()
        os.mkdir(self.path("hot"))
        self.verso("scan", "--watch", "nowhere", expect="usage")
        self.mark(prints[0], self.ANSWERS, "card.png")
        self.start()
        shutil.copy(self.path("card.png"), self.path("hot/card.png"))
        self.write("hot/letter.png", "no picture")
        self.assertTrue(self.there("hot/done/card.png"))
        self.assertEqual(len(self.lines("ratings", "list")), 1)
        # As a kill between recording and moving leaves it: the same file lies there again.
        shutil.copy(self.path("card.png"), self.path("hot/card.png"))
        self.assertTrue(self.there("hot/done/card-2.png"))
        self.assertEqual(len(self.lines("ratings", "list")), 1)
        self.assertTrue(self.there("hot/refused/letter.png"))
        with open(self.path("hot/refused/letter.png.txt"), encoding="utf-8") as reason:
            self.assertIn("letter.png", reason.read())

    def test_it_ends_when_asked_and_goes_on_after_a_kill(self):
        prints = self.print_wave()
        os.mkdir(self.path("hot"))
        for i, one in enumerate(prints[:2]):
            self.mark(one, self.ANSWERS, f"hot/{i}.png")
        first = self.start()
        time.sleep(3.5)
        first.kill()
        first.wait()
        second = self.start()
        # One more, which only the second can have taken: it is there to be asked.
        self.mark(prints[2], self.ANSWERS, "hot/2.png")
        self.assertTrue(all(self.there(f"hot/done/{i}.png") for i in range(3)))
        self.assertEqual(len(self.lines("ratings", "list")), 3)
        second.send_signal(signal.SIGTERM)
        self.assertEqual(second.wait(timeout=20), 0)
