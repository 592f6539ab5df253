# SPDX-License-Identifier: Apache-2.0
"""Figures from outside: a tiny home with one paper card read."""
import test_cli


class Figures(test_cli.CliTest):
    mark = test_cli.RoundTrip.mark
    print_wave = test_cli.RoundTrip.print_wave

    def rated_home(self):
        wave = self.print_wave()
        self.mark(wave[0], {"overall": 2, "delivery": 1, "publish": 1}, "card.png")
        self.verso("scan", "card.png")

    def test_stats(self):
        self.make_home(1)
        self.assertIn("0 cards printed", self.verso("stats"))
        self.assertEqual(self.lines("stats")[0]["response_rate"], None)
        self.verso("stats", "--by", "weather", expect="usage")
        self.verso("stats", "--since", "soon", expect="value-invalid")
        self.verso("stats", "--min-cell", "0", expect="usage")

    def test_stats_of_one_card(self):
        self.rated_home()
        whole, group, week = self.lines("stats", "--by", "template", "--min-cell", "1", "--alert-below", "50")
        self.assertEqual((whole["asked"], whole["responded"], whole["questions"][0]["mean"]), (3, 1, 2.0))
        self.assertEqual((group["key"], group["alert"], week["figures"]), ("a4-fold", True, "week"))
        _, group, week = self.lines("stats", "--by", "template")
        self.assertIs(group["hidden"], True)
        self.assertNotIn("questions", group)
        self.assertNotIn("responded", week)
        out = self.verso("stats", "--by", "week")
        self.assertTrue(out.isascii(), out)
        self.assertIn("1 answered (33.3 % of 3)", out)
