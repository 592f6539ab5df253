#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes orders.csv beside this file, always the same bytes: 48 orders of an invented shop for the
demo, in Verso's neutral CSV (docs/formats). Persons, streets and wares are invented; mail addresses
and telephone numbers are of ranges kept for examples.
"""
import csv
import datetime
import io
import os

ORDERS = 48
COLUMNS = ("order,revision,placed_at,status,payment,paid_at,cancelled_at,currency,language,email,phone,name,company,line1,"
           "line2,postcode,city,region,country,promised_on,carrier,service,parcel,tracking,line,sku,ean,title,variant,"
           "quantity,unit_price,line_total,bin,shipping,total,note").split(",")

PEOPLE = {
    "fr": ["Élodie Fontaine", "Gaëtan Le Goff", "Maëlle Garçon", "Hervé Cœur-Vaillant", "Inès Château", "Benoît Noël",
           "Zoé Lefèvre", "Anaïs Dœuff", "Clément Besançon", "Françoise Hénin", "Rémi Forêt", "Noémie Bücher"],
    "de": ["Jörg Müller", "Käthe Groß", "Sören Weiß", "Anneliese Schäfer", "Björn Krüger", "Ülkü Öztürk"],
    "en": ["Siân Fairweather", "Zoë Blackwood", "Oisín Murphy", "Harriet Penhaligon"],
}
PLACES = {
    "fr": [("rue de l’Église", "69003", "Lyon"), ("chemin des Châtaigniers", "07140", "Les Vans"),
           ("quai Saint-Rémi", "33000", "Bordeaux"), ("allée du Château-d’Eau", "67000", "Strasbourg")],
    "de": [("Gartenstraße", "50667", "Köln"), ("Am Mühlweg", "80331", "München"), ("Königsallee", "40212", "Düsseldorf")],
    "en": [("Rosemary Lane", "BS1 4DJ", "Bristol"), ("Old Mill Road", "EH1 1YZ", "Edinburgh")],
}
COUNTRY = {"fr": "FR", "de": "DE", "en": "GB"}
WARES = [
    ("Carnet cousu, papier ivoire", "A5, 96 pages", 1450), ("Plume d’oie taillée à la main", "grande", 890),
    ("Encre « Forêt d’été »", "30 ml", 1190), ("Cire à cacheter", "rouge, 4 bâtons", 760),
    ("Papier à lettres, bords frangés", "50 feuilles", 2250), ("Enveloppes doublées", "25 pièces", 1380),
    ("Buvard ancien", "chêne huilé", 3400), ("Étui à crayons en feutre", "gris", 1990),
    ("Crayons de couleur, boîte en fer-blanc", "24 teintes", 3150), ("Marque-page en laiton", "hêtre gravé", 640),
]


class Dice:
    """A fixed generator: the file must not depend on the Python version."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit

    def pick(self, items):
        return items[self.below(len(items))]


def money(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def rows_of(number, dice):
    """One order: a row for each line, the order's own facts on each of them."""
    language = dice.pick(["fr", "fr", "fr", "de", "en"])
    placed = datetime.datetime(2026, 11, 2, 8, 0) + datetime.timedelta(minutes=97 * number + dice.below(60))
    street, postcode, city = dice.pick(PLACES[language])
    # One that waits for its money and one that was given up: neither gets a card.
    payment = "unpaid" if number == 17 else "paid"
    status = "cancelled" if number == 31 else "open"
    lines = [(dice.pick(WARES), 1 + dice.below(3)) for _ in range(1 + dice.below(4))]
    parcels = 2 if number % 16 == 0 and len(lines) > 1 else 1
    shipping = 0 if sum(w[2] * q for w, q in lines) > 5000 else 490
    total = shipping + sum(w[2] * q for w, q in lines)
    at = placed.isoformat() + "+01:00"
    for position, ((title, variant, price), quantity) in enumerate(lines, 1):
        parcel = parcels if position == len(lines) else 1
        yield dict(zip(COLUMNS, [
            f"#{2000 + number}", 1, at, status, payment, at if payment == "paid" else "",
            at if status == "cancelled" else "", "EUR", language, f"client{number}@example.com",
            f"+33 1 99 00 {number // 100:02d} {number % 100:02d}", name_of(number, language), "",
            f"{3 + number} {street}", "", postcode, city, "", COUNTRY[language],
            (placed + datetime.timedelta(days=4)).date().isoformat(), "Colissimo", "Domicile", parcel,
            f"TEST-{2000 + number}-{parcel}", position, f"PAP-{WARES.index((title, variant, price)) + 1}",
            f"20000001{WARES.index((title, variant, price)):05d}", title, variant, quantity, money(price),
            money(price * quantity), f"{'ABCD'[number % 4]}-{position:02d}", money(shipping), money(total), ""]))


def name_of(number, language):
    return PEOPLE[language][number % len(PEOPLE[language])]


def main():
    dice = Dice(2026)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for number in range(1, ORDERS + 1):
        writer.writerows(rows_of(number, dice))
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "orders.csv"), "w", encoding="utf-8",
              newline="") as file:
        file.write(text.getvalue())


if __name__ == "__main__":
    main()
