#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# peers.sh [N=1000] [BUILD=build/release]: the reference page by us and by the peers of the peer bench, one after the other on
# one core, and the ratios. CPU seconds (user + system) of whole processes; for the hand-written limit, of its timed part.
# PEERS=FOLDER  where the peer bench stands (default ../shared/tools/bench-generator beside the checkout); WORK=FOLDER its build
# (default a temporary one); NODE_PATH for pdfkit (npm install pdfkit); REPS=3 best of; CORE=1.
set -u
here=$(cd "$(dirname "$0")/../.." && pwd)
n=${1:-1000}
bench=$(realpath "${2:-$here/build/release}")/tests/bench/verso_reference_bench
top=$(git -C "$here" rev-parse --path-format=absolute --git-common-dir 2>/dev/null)
peers=${PEERS:-${top%/*}/../shared/tools/bench-generator}
# Files go to memory where that is possible: a disk's file system costs more than a page, and differently at each run.
[ -d /dev/shm ] && export TMPDIR=/dev/shm
out=$(mktemp -d)
work=${WORK:-$(mktemp -d)}
trap 'rm -rf "$out"; [ -n "${WORK:-}" ] || rm -rf "$work"' EXIT
[ -x "$bench" ] || { echo "peers.sh: build verso_reference_bench first ($bench)"; exit 1; }

declare -A rate  # inserts per CPU second, by name
ours() {  # name n mode level
    local best=0 line
    for _ in $(seq "${REPS:-3}"); do
        rm -f "$out"/*.pdf
        line=$(taskset -c "${CORE:-1}" "$bench" "$2" "$out" "$3" "$4") || return
        got=$(sed 's/.*inserts\/s=\([0-9]*\).*/\1/' <<<"$line")
        if [ "$got" -gt "$best" ]; then
            best=$got
            kept=$line
        fi
    done
    rate[$1]=$best
    printf '%-44s %s\n' "$1" "$kept"
}
ours "verso, level 1, 1 file" "$n" one 1
ours "verso, level 4, 1 file" "$n" one 4
ours "verso, level 6, 1 file" "$n" one 6
ours "verso, level 4, file each" "$n" each 4

[ -f "$peers/bench.sh" ] || { echo "peers left out: no peer bench in $peers"; exit 0; }
peer() {  # pattern n
    WORK="$work" REPS=${REPS:-3} CORE=${CORE:-1} bash "$peers/bench.sh" "$2" "$1" 2>&1 | grep -v "^engine"
}
while IFS= read -r line; do
    echo "$line"
    name=$(sed 's/  .*//' <<<"$line")
    rate[$name]=$(awk '{print $(NF-2)}' <<<"$line")
done < <(peer 'limit: raw, libdeflate1|raw, libdeflate6|libharu tuned .bypass., 1|cairo 1.16 PDF, 1 file|reportlab 3.6 canvas, 1 file' "$n"
    peer 'pdfkit .npm., 1 file' $((n < 200 ? n : 200)))

ratio() {  # ours theirs goal
    local a=${rate[$1]:-} b=${rate[$2]:-}
    if [[ $b =~ ^[0-9.]+$ ]]; then
        awk -v x="$1" -v y="$2" -v a="$a" -v b="$b" -v g="$3" 'BEGIN{printf "%-28s / %-40s %6.2f  (goal %s)\n", x, y, a / b, g}'
    else
        echo "$1 / $2: left out (that engine did not run)"
    fi
}
echo
ratio "verso, level 1, 1 file" "limit: raw, libdeflate1, QR cached, 1 file" 0.6
ratio "verso, level 6, 1 file" "raw, libdeflate6 + libqrencode, 1 file" 0.6
ratio "verso, level 4, 1 file" "cairo 1.16 PDF, 1 file" 13
ratio "verso, level 4, 1 file" "reportlab 3.6 canvas, 1 file" 10
ratio "verso, level 4, 1 file" "pdfkit (npm), 1 file" 50
