# SPDX-License-Identifier: Apache-2.0
"""What a merchant settles once: mappings of foreign CSVs, when an order is released, where the store is."""
import os

from test_cli import CliTest

GERMAN = ("Bestellnummer;Bestelldatum;Status;Zahlungsstatus;Name;Straße;PLZ;Ort;Land;Artikelnummer;"
          "Artikelbezeichnung;Menge;Einzelpreis;Gesamtbetrag\r\n"
          "B-1;13.10.2026 14:05;Versandt;bezahlt;Jörg Beispiel;Gartenstraße 1;50667;Köln;Deutschland;S-1;Seife;2;4,90 €;9,80 €\r\n")


class Mappings(CliTest):
    def mapping(self):
        return self.path("verso-home/mappings/myshop.toml")

    def test_proposed_kept_edited_and_used(self):
        self.make_home()
        self.write("german.csv", GERMAN)
        proposal, = self.lines("orders", "map", "german.csv", "--save", "myshop")
        self.assertEqual(proposal["questions"], [])
        self.assertEqual(proposal["preview"][0]["total"], "9.80")
        report, = self.lines("orders", "import", "german.csv")
        self.assertEqual((report["format"], report["new"]), ("mapped-csv", 1))
        self.assertEqual(self.lines("orders", "show", "B-1")[0]["ship_to"]["name"], "Jörg Beispiel")
        with open(self.mapping(), encoding="utf-8") as file:
            text = file.read()
        with open(self.mapping(), "w", encoding="utf-8") as file:
            file.write(text.replace('"shipped"', '"open"'))
        report, = self.lines("orders", "import", "--map", "myshop", "german.csv")
        self.assertEqual((report["changed"], report["new"]), (1, 0))

    def test_what_cannot_be_a_mapping(self):
        self.make_home()
        self.write("german.csv", GERMAN)
        self.verso("orders", "map", "german.csv", "--save", "../evil", expect="value-invalid")
        self.verso("orders", "import", "--map", "nobody", "german.csv", expect="not-found")
        self.verso("orders", "map", "german.csv", "--save", "myshop")
        for text, code in [("[columns\n", "format-invalid"), ("days = \"sometimes\"\n", "value-invalid"),
                           ("[columns]\norder = 7\n", "value-invalid"), ("[colours]\n", "value-invalid"),
                           ("[columns]\n\"planet\" = \"Ort\"\n", "value-invalid"), ("\0", "format-invalid")]:
            with open(self.mapping(), "w", encoding="utf-8") as file:
                file.write(text)
            self.verso("orders", "import", "--map", "myshop", "german.csv", expect=code)
            self.assertRegex(self.err, "myshop|planet")
        self.assertEqual(len(self.lines("orders", "list")), 3)


class Releases(CliTest):
    def settle(self, text):
        with open(self.path("verso-home/verso.toml"), "a", encoding="utf-8") as file:
            file.write("\n[release]\n" + text)

    def print_all(self, expect="ok"):
        return self.verso("print", "--all", "--template", "a4-fold", "--out", "w.pdf", expect=expect)

    def test_orders_wait_for_their_minutes(self):
        self.make_home()
        self.settle("grace_minutes = 43200\n")
        with open(self.path("orders.csv"), encoding="utf-8") as file:
            rows = file.read()
        self.write("far.csv", rows.replace("2026-11-02T", "2096-11-02T").replace("2026-11-03T", "2096-11-03T"))
        self.verso("orders", "import", "far.csv")
        self.assertEqual(self.print_all().count("can still be changed by its buyer"), 3)
        self.assertFalse(os.path.exists(self.path("w.pdf")))

    def test_on_hold_waits_where_the_shop_wants_it(self):
        self.make_home()
        with open(self.path("orders.csv"), encoding="utf-8") as file:
            rows = file.read().splitlines(keepends=True)
        held = "".join(r.replace(",open,", ",on_hold,", 1) if r.startswith("#2001,") else r for r in rows)
        self.write("held.csv", held)
        self.verso("orders", "import", "held.csv")
        self.settle("wait_on_hold = true\n")
        self.assertIn("order #2001 is on hold", self.print_all())
        self.assertEqual(self.lines("orders", "show", "#2001")[0]["cards"], [])
        self.assertEqual(len(self.lines("orders", "show", "#2002")[0]["cards"]), 1)


class Places(CliTest):
    def test_beside_the_home_or_refused(self):
        self.make_home()
        toml = self.path("verso-home/verso.toml")
        with open(toml, encoding="utf-8") as file:
            text = file.read()
        for url, code in [("mysql://x/y", "value-invalid"), ("sub/other.db", None)]:
            with open(toml, "w", encoding="utf-8") as file:
                file.write(text.replace("[store]\n", f'[store]\nurl = "{url}"\n'))
            if code:
                self.verso("orders", "list", expect=code)
                self.assertIn("postgresql://", self.err)
        self.verso("orders", "list", expect="home-invalid")
        os.mkdir(self.path("verso-home/sub"))
        os.rename(self.path("verso-home/verso.db"), self.path("verso-home/sub/other.db"))
        self.assertEqual(len(self.lines("orders", "list")), 3)
        self.verso("orders", "list", expect="value-invalid", env={"VERSO_STORE_URL": "http://example.com"})
