#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A year of 1,000,000,000 orders, from measured unit costs: the tables of docs/scaling.md.

  scaling_sim.py                 prints the tables
  scaling_sim.py --write PAGE    puts them into the page, between its markers
  scaling_sim.py --check PAGE    fails when the page says something else
  scaling_sim.py --self-test PAGE  fails when --check would not see one digit changed

MEASURED holds what the benches gave (docs/benchmarks.md says how), ASSUMED what nobody can measure
here. Everything else is arithmetic, and a simulation of arrivals with a fixed seed.
"""
import math
import random
import re
import sys

SEED = 20261122
YEAR_S = 365 * 86_400

# Bytes are those of PostgreSQL 15, table and indexes, after verso_size_bench URL 1000000 150000.
MEASURED = {
    "bytes_customer_order": 311,
    "bytes_order_body": 1_203,
    "bytes_order_word": 142,
    "words_per_order": 4,
    "bytes_printed_insert": 280,
    "bytes_card": 260,
    "bytes_response": 171,
    "bytes_rating": 455,
    "import_per_s": 9_000,        # orders, one connection, 2 busy cores
    "answers_per_s": 1_300,       # 64 connections, 2 busy cores
    "segment_us": 5.0,            # one more segment asked in a look-up by word, in memory
    "look_up_base_ms": 0.1,
}
ASSUMED = {
    "orders": 1_000_000_000,
    "revisions": 1.2,             # of an order, one of five changes once after it came
    "response_rate": 0.15,
    "events_per_parcel": 5,       # carriers' news
    "bytes_event": 450,           # of one, with its raw text and three indexes
    "voids": 0.01,
    "shops": 20_000,
    "largest_share": 0.02,        # of all orders, the largest shop
    "season_peak": 3.0,           # the week before Christmas against the mean week
    "day_peak": 1.4,              # its Monday against its mean day
    "pages_per_answer": 3,        # buyers' pages opened for each answer given
}


def number(value):
    return f"{value:,.0f}"


def size(value):
    for unit, factor in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if value >= factor:
            return f"{value / factor:,.2f} {unit}" if value < 10 * factor else f"{value / factor:,.0f} {unit}"
    return f"{value:.0f} B"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join(["---"] * len(head)) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def rows_of_a_year():
    m, a = MEASURED, ASSUMED
    orders = a["orders"]
    answers = orders * a["response_rate"]
    return [
        ("customer_order", orders, m["bytes_customer_order"], "measured"),
        ("order_body", orders * a["revisions"], m["bytes_order_body"], "measured"),
        ("order_search", orders * m["words_per_order"], m["bytes_order_word"], "measured"),
        ("printed_insert", orders * (1 + a["voids"]), m["bytes_printed_insert"], "measured"),
        ("card", orders * (1 + a["voids"]), m["bytes_card"], "measured"),
        ("parcel_event", orders * a["events_per_parcel"], a["bytes_event"], "assumed"),
        ("response", answers, m["bytes_response"], "measured"),
        ("rating", answers, m["bytes_rating"], "measured"),
    ]


def year_table():
    rows, total = [], 0
    for name, count, each, how in rows_of_a_year():
        total += count * each
        rows.append((f"`{name}`", number(count), f"{number(each)} ({how})", size(count * each)))
    rows.append(("sum", "", "", size(total)))
    return table(("table", "rows a year", "bytes each, with indexes", "a year"), rows), total


def tile_table():
    """C2SP tlog-tiles: 256 hashes of 32 bytes a tile, a bundle of leaves under each of level 0."""
    a = ASSUMED
    leaf_bytes = 180
    leaves = a["orders"] * (1 + 2 * a["voids"] + a["response_rate"])
    rows, level, count, total = [], 0, leaves, 0.0
    while count > 256:
        tiles = math.ceil(count / 256)
        rows.append((f"tiles of level {level}", number(tiles), size(count * 32)))
        total += count * 32
        count /= 256
        level += 1
    rows.append((f"tile of level {level}", "1", size(count * 32)))
    rows.insert(0, ("leaves", number(leaves), f"{size(leaves * leaf_bytes)} in {number(math.ceil(leaves / 256))} bundles"))
    rows.append(("hashes of a proof that one leaf is in", number(math.ceil(math.log2(leaves))), ""))
    return table(("log", "count", "bytes"), rows)


def hour_weights():
    """Orders come by day and in the evening; made up, the sum is 24."""
    raw = [0.25, 0.15, 0.1, 0.1, 0.1, 0.2, 0.4, 0.7, 0.9, 1.1, 1.2, 1.2,
           1.2, 1.2, 1.2, 1.2, 1.25, 1.3, 1.5, 1.8, 2.1, 2.2, 1.6, 0.8]
    return [w * 24 / sum(raw) for w in raw]


def poisson(rng, mean):
    if mean > 50:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, count, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count


def peak_day(rng):
    """Orders of each second of the busiest day: bursts (a campaign's mail) on top of the hour."""
    a = ASSUMED
    mean = a["orders"] / YEAR_S * a["season_peak"] * a["day_peak"]
    seconds = []
    burst = 0.0
    for hour, weight in enumerate(hour_weights()):
        for _ in range(3600):
            if rng.random() < 1 / 1800:
                burst += rng.uniform(0.5, 2.0)
            burst *= 0.997
            seconds.append(poisson(rng, mean * weight * (1 + burst)))
    return seconds


def share(sorted_values, part):
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * part))]


def rate_table():
    a, m = ASSUMED, MEASURED
    seconds = sorted(peak_day(random.Random(SEED)))
    mean = a["orders"] / YEAR_S
    day_mean = sum(seconds) / len(seconds)
    p99, worst = share(seconds, 0.99), seconds[-1]
    answer = a["response_rate"]
    rows = [("orders", mean, day_mean, p99, worst, m["import_per_s"]),
            ("answers", mean * answer, day_mean * answer, p99 * answer, worst * answer, m["answers_per_s"]),
            ("buyers' pages", *(r * answer * a["pages_per_answer"] for r in (mean, day_mean, p99, worst)), None)]
    text = []
    for what, *rates, capacity in rows:
        used = f"{number(capacity)} ({rates[3] / capacity:.0%} used)" if capacity else "to be measured"
        text.append((what, *(number(r) for r in rates), used))
    return table(("a second", "mean of the year", "mean of the busiest day", "its 99th percentile",
                  "its worst second", "one database of 2 cores takes"), text)


def shop_sizes(rng):
    """Zipf with the exponent that gives the largest shop its share; shuffled, as ids are."""
    a = ASSUMED
    low, high = 0.1, 1.5
    for _ in range(60):
        s = (low + high) / 2
        total = sum(k ** -s for k in range(1, a["shops"] + 1))
        if 1 / total < a["largest_share"]:
            low = s
        else:
            high = s
    sizes = [k ** -low / total for k in range(1, a["shops"] + 1)]
    rng.shuffle(sizes)
    return sizes


def partition_table(total_bytes):
    rng = random.Random(SEED + 1)
    sizes = shop_sizes(rng)
    rows = []
    for parts in (4, 8, 16, 32, 64):
        fullest = []
        for _ in range(50):
            load = [0.0] * parts
            for each in sizes:
                load[rng.randrange(parts)] += each
            fullest.append(max(load))
        typical = share(sorted(fullest), 0.5)
        rows.append((str(parts), number(ASSUMED["orders"] / parts), number(ASSUMED["orders"] * typical),
                     f"{typical * parts:.2f}", size(total_bytes * typical)))
    return table(("partitions by shop", "orders a year in each", "in the fullest", "against the mean",
                  "bytes a year in the fullest"), rows)


def wall_table():
    m = MEASURED
    rows = []
    for orders in (10_000_000, 100_000_000, 250_000_000, 1_000_000_000):
        segments = math.ceil(orders / 2 ** 18)
        index = orders * m["words_per_order"] * m["bytes_order_word"] / 2
        rows.append((number(orders), number(segments), f"{m['look_up_base_ms'] + segments * m['segment_us'] / 1000:.1f} ms",
                     size(index)))
    return table(("orders in one database", "segments of words", "look-up by name or e-mail, in memory",
                  "index of words"), rows)


def pool_table():
    """Connections by Little's law: those at work are transactions a second times how long each takes."""
    a = ASSUMED
    worst = max(peak_day(random.Random(SEED)))
    rows = []
    for what, rate, ms in (("orders, one at a time", worst, 8), ("answers", worst * a["response_rate"], 15),
                           ("pages and look-ups", worst * a["response_rate"] * a["pages_per_answer"], 5)):
        rows.append((what, number(rate), str(ms), number(math.ceil(rate * ms / 1000))))
    return table(("work", "worst second", "ms a transaction holds its connection", "connections at work"), rows)


def tables():
    year, total = year_table()
    unit = table(("unit", "value"), [(f"`{k}`", f"{v:,}") for k, v in MEASURED.items()])
    assumed = table(("assumption", "value"), [(f"`{k}`", f"{v:,}") for k, v in ASSUMED.items()])
    return {"units": unit, "assumptions": assumed, "year": year, "log": tile_table(), "rates": rate_table(),
            "partitions": partition_table(total), "walls": wall_table(), "connections": pool_table()}


def filled(page):
    def put(match):
        name = match.group(1)
        if name not in made:
            raise SystemExit(f"scaling_sim: the page asks for a table {name} that the program does not make")
        return f"<!-- {name} -->\n{made[name]}\n<!-- end -->"

    made = tables()
    text, count = re.subn(r"<!-- (\w+) -->\n.*?<!-- end -->", put, page, flags=re.S)
    if count != len(made):
        raise SystemExit(f"scaling_sim: the page has {count} of {len(made)} tables")
    return text


def self_test(page):
    made = filled(page)
    digits = [m.start() for m in re.finditer(r"(?<=\| )\d", made)]
    place = digits[len(digits) // 2]
    wrong = made[:place] + str((int(made[place]) + 1) % 10) + made[place + 1:]
    if made != filled(made) or wrong == filled(wrong):
        raise SystemExit("scaling_sim: a page with a wrong number passes")


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "--self-test":
        with open(arguments[1], encoding="utf-8") as file:
            self_test(file.read())
        return
    if len(arguments) == 2 and arguments[0] in ("--write", "--check"):
        with open(arguments[1], encoding="utf-8") as file:
            page = file.read()
        new = filled(page)
        if arguments[0] == "--write":
            with open(arguments[1], "w", encoding="utf-8") as file:
                file.write(new)
        elif new != page:
            raise SystemExit(f"scaling_sim: {arguments[1]} is not what the program gives; run: "
                             f"python3 tests/bench/scaling_sim.py --write {arguments[1]}")
        return
    for name, text in tables().items():
        print(f"\n## {name}\n{text}")


if __name__ == "__main__":
    main(sys.argv[1:])
