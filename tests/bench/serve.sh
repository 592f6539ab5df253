#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# serve.sh PROGRAM [CARDS]: the service beside nginx, both on this machine, in one run.
# Needs wrk, nginx, python3. SECONDS_EACH=5 for each measurement. Prints a line for each number.
set -euo pipefail
program=$1
cards=${2:-20000}
seconds=${SECONDS_EACH:-5}
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
pids=()
stop() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap stop EXIT

verso() { "$program" --home "$work/home" --quiet "$@"; }
verso init >/dev/null
python3 -B "$here/serve_orders.py" "$cards" >"$work/orders.csv"
verso orders import "$work/orders.csv" >/dev/null
verso print --all --template a6-card --out "$work/wave.pdf" --manifest "$work/wave.jsonl" >/dev/null
python3 -B - "$work" <<'E2'
import json, sys
work = sys.argv[1]
with open(f"{work}/wave.jsonl") as manifest, open(f"{work}/paths.txt", "w") as paths:
    for line in manifest:
        link = json.loads(line)["link"]
        paths.write(link[link.index("/C/"):] + "\n")
E2

"$program" --home "$work/home" --json serve --listen 127.0.0.1:0 >"$work/serve.json" 2>"$work/serve.log" &
pids+=($!)
server=$!
until [[ -s $work/serve.json ]]; do sleep 0.05; done
address=$(python3 -c 'import json,sys; print(json.loads(open(sys.argv[1]).readline())["listening"])' "$work/serve.json")
first=$(head -1 "$work/paths.txt")

# The page as it is, with its headers, from nginx.
mkdir -p "$work/nginx/www"
curl -sD "$work/nginx/head" -o "$work/nginx/www/page" "$address$first"
headers=$(sed -n 's/\r$//; s/^\(Content-Security-Policy\|X-Content-Type-Options\|Referrer-Policy\|Cache-Control\|Cross-Origin-[A-Za-z]*-Policy\): \(.*\)$/add_header \1 "\2";/p' "$work/nginx/head")
cat >"$work/nginx/nginx.conf" <<E2
worker_processes 2;
pid $work/nginx/pid;
error_log $work/nginx/error.log;
events { worker_connections 12000; }
http {
    access_log off;
    keepalive_requests 100000000;
    sendfile on;
    open_file_cache max=100;
    types { }
    default_type "text/html; charset=utf-8";
    $headers
    server { listen 127.0.0.1:18099; root $work/nginx/www; }
}
daemon off;
E2
nginx -c "$work/nginx/nginx.conf" -p "$work/nginx" 2>/dev/null &
pids+=($!)
sleep 0.5

rate() { awk '/Requests\/sec/ { print $2 }' "$1"; }
p99() { awk '/ 99%/ { print $2 }' "$1"; }
cat >"$work/get.lua" <<E2
local paths = {}
for line in io.lines("$work/paths.txt") do paths[#paths + 1] = line end
local at = 0
request = function()
    at = at % #paths + 1
    return wrk.format("GET", paths[at])
end
E2
for round in 1 2 3; do
    wrk -t1 -c64 -d"${seconds}s" --latency http://127.0.0.1:18099/page >"$work/nginx.txt"
    wrk -t1 -c64 -d"${seconds}s" --latency -s "$work/get.lua" "$address" >"$work/page.txt"
    awk -v n="$(rate "$work/nginx.txt")" -v v="$(rate "$work/page.txt")" -v p="$(p99 "$work/page.txt")" -v r=$round \
        'BEGIN { printf "page, round %d: verso %.0f/s (p99 %s), nginx %.0f/s, ratio %.2f\n", r, v, p, n, v / n }'
done

cat >"$work/post.lua" <<E2
local paths = {}
for line in io.lines("$work/paths.txt") do paths[#paths + 1] = line end
local at = 0
request = function()
    at = at + 1
    if at > #paths then at = #paths end
    return wrk.format("POST", paths[at], {["Content-Type"] = "application/x-www-form-urlencoded"},
        "q.overall=" .. (at % 5 + 1) .. "&comment=Bien+arriv%C3%A9&kind=scores")
end
E2
before=$(verso --json ratings list | wc -l)
post_seconds=$(( cards / 6000 > 1 ? cards / 6000 : 1 ))
wrk -t1 -c64 -d"${post_seconds}s" --latency -s "$work/post.lua" "$address" >"$work/post.txt"
after=$(verso --json ratings list | wc -l)
echo "ratings: $(rate "$work/post.txt")/s (p99 $(p99 "$work/post.txt")), $((after - before)) kept in ${post_seconds} s"

python3 -B "$here/serve_idle.py" "$address" 10000 "$server"
