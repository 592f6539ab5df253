#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Answers of 64 connections to PostgreSQL: the store, then pgbench with the same statements, in one
# run on one database. The database must be empty.
#   answers_pgbench.sh URL BENCH [ORDERS [ANSWERS]]     BENCH is verso_store_bench
set -eu
url=$1 bench=$2 orders=${3:-40000} answers=${4:-9600}
here=$(cd "$(dirname "$0")" && pwd)
each=$((answers / 64))
answers=$((each * 64))

"$bench" "$url" "$orders" "$answers" | grep -v -e look-up -e figures
# The bench prints twice as many cards as it answers.
psql -q "$url" <<SQL
UPDATE card SET id = numbered.n FROM
  (SELECT id, row_number() OVER (ORDER BY id) AS n FROM card WHERE state = 'printed') AS numbered
  WHERE card.id = numbered.id;
SQL
pgbench -n -M prepared -c 64 -j 2 -t "$each" -D n=0 -D each="$each" -f "$here/answers.pgbench" "$url" |
    grep -e tps -e latency
