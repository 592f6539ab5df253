# SPDX-License-Identifier: Apache-2.0
"""Exports from outside: a tiny home with one paper card read."""
import csv
import json
import os

import test_cli


class Exports(test_cli.CliTest):
    mark = test_cli.RoundTrip.mark
    print_wave = test_cli.RoundTrip.print_wave

    def rated_home(self):
        wave = self.print_wave()
        self.mark(wave[0], {"overall": 2, "delivery": 1, "publish": 1}, "card.png")
        self.verso("scan", "card.png")
        return wave

    def read(self, name):
        with open(self.path(name), encoding="utf-8", newline="") as file:
            return file.read()

    def export(self, *arguments, **options):
        report, = self.lines("export", *arguments, "--out", "out", **options)
        return report, self.read("out")

    def test_returns_and_segments_by_rule(self):
        self.rated_home()
        report, text = self.export("returns")
        self.assertEqual((report["written"], text.splitlines()[0][:17]), (0, "rma,order,parcel,"))
        with open(self.path("orders.csv"), encoding="utf-8") as file:
            rows = file.read()
        self.write("shipped.csv", rows.replace(",open,", ",shipped,"))
        self.verso("orders", "import", "shipped.csv")
        self.verso("returns", "announce", "#2001", "--by", "Max", "--line", "1=1:damaged")
        report, text = self.export("returns")
        row, = csv.DictReader(text.splitlines())
        self.assertEqual((row["order"], row["line"], row["expected"], row["reason"]), ("#2001", "1", "1", "damaged"))
        orders = lambda *rule: [r["order"] for r in csv.DictReader(self.export("segments", *rule)[1].splitlines())]
        self.assertEqual(orders("--score", "1-2"), ["#2001"])
        self.assertEqual(orders("--score", "3-5"), [])
        self.assertEqual(orders("--reason", "damaged", "--returned", "yes"), ["#2001"])
        self.assertEqual(orders("--returned", "yes", "--segment", "silent"), [])
        self.assertEqual(orders("--answered-within", "2"), ["#2001"])
        self.assertNotIn("#2001", orders("--segment", "silent"))
        self.verso("export", "segments", "--score", "5-1", expect="value-invalid")
        self.verso("export", "segments", "--reason", "boredom", expect="value-invalid")
        self.verso("export", "ratings", "--score", "5", expect="value-invalid")

    def test_ratings_come_once(self):
        self.rated_home()
        report, text = self.export("ratings")
        self.assertTrue(text.endswith("\r\n"))
        row, = csv.DictReader(text.splitlines())
        self.assertEqual((row["order"], row["answer_overall"], row["answer_delivery"], row["kind"]),
                         ("#2001", "2", "1", "scores"))
        self.assertEqual((row["channel"], row["insider"], row["publish"]), ("paper", "false", "true"))
        again, text = self.export("ratings", "--since", report["cursor"])
        self.assertEqual(again["written"], 0)
        self.assertTrue(text.startswith("order,card,channel,kind,answer_overall,"))
        self.assertEqual(text.count("\r\n"), 1)
        wave = self.read("wave.jsonl").splitlines()
        self.mark(json.loads(wave[1]), {"overall": 5}, "second.png")
        self.verso("scan", "second.png")
        _, text = self.export("ratings", "--since", again["cursor"], "--format", "jsonl")
        self.assertEqual([json.loads(line)["order"] for line in text.splitlines()], ["#2002"])

    def test_responses_and_segments(self):
        self.rated_home()
        _, text = self.export("responses", "--format", "jsonl")
        response, = map(json.loads, text.splitlines())
        self.assertIs(response["counts"], True)
        _, text = self.export("segments")
        segments = {row["order"]: row["segment"] for row in csv.DictReader(text.splitlines())}
        self.assertEqual(segments, {"#2001": "unhappy", "#2002": "silent", "#2003": "silent"})
        self.assertNotIn("@", text)
        self.assertIn("@", self.export("segments", "--with-email")[1])

    def test_what_may_not_leave_is_told(self):
        self.rated_home()
        for kind in ("judgeme", "yotpo", "stamped", "okendo", "loox", "woocommerce"):
            report, _ = self.export(kind, "--articles-of", "all")
            self.assertEqual(report["written"], 0, kind)
            self.assertIn("no text that may be published", report["left_out"], kind)
        self.verso("export", "okendo", "--articles-of", "all")
        self.assertTrue(self.out.startswith("name,body,"), self.out)
        self.assertIn("left out: no text", self.err)
        self.assertIn("--since v1.", self.err)

    def test_feeds_are_whole(self):
        self.rated_home()
        report, text = self.export("google-merchant", "--shop-url", "https://shop.example.com")
        self.assertEqual((report["written"], report["cursor"]), (1, None))
        self.assertIn('<overall min="1" max="5">2</overall>', text)
        self.verso("export", "google-merchant", "--out", "x", expect="value-invalid")
        self.verso("export", "google-merchant", "--shop-url", "https://shop.example.com", "--since", "v1.5",
                   "--out", "x", expect="value-invalid")
        self.assertFalse(os.path.exists(self.path("x")))
        _, text = self.export("json-ld", "--articles-of", "all")
        self.assertEqual({p["@type"] for p in json.loads(text)}, {"Product"})
        self.assertEqual({p["aggregateRating"]["ratingValue"] for p in json.loads(text)}, {2})

    def test_wrong_calls(self):
        self.make_home(1)
        self.verso("export", "pigeons", expect="usage")
        self.verso("export", "ratings", "--json", expect="usage")
        self.verso("export", "ratings", "--since", "yesterday", expect="value-invalid")
        self.assertIn("--since", self.err)
        self.verso("export", "ratings", "--out", "no/folder/x.csv", expect="file-unwritable")
        self.verso("export", "ratings", "--articles", "gone.csv", expect="not-found")
        self.write("bad.csv", "title\nx\n")
        self.verso("export", "ratings", "--articles", "bad.csv", expect="format-invalid")
        self.assertIn("bad.csv", self.err)
