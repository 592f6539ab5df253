#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# install.sh FOLDER: the two tools that hold the API's description, from npm, once (about half a minute).
# Exit 77 (skipped) where node, npm or the network is missing.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
for program in node npm; do
    command -v "$program" >/dev/null || { echo "skipped: $program is not installed"; exit 77; }
done
mkdir -p "$1"
if cmp -s "$here/package.json" "$1/package.json" && [[ -x $1/node_modules/.bin/prism ]]; then exit 0; fi
cp "$here/package.json" "$1/"
npm install --prefix "$1" --no-audit --no-fund --fetch-retries=1 >"$1/npm.log" 2>&1 || {
    echo "skipped: npm could not install the packages:"
    tail -3 "$1/npm.log"
    rm -f "$1/package.json"
    exit 77
}
