#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# story.sh MODULES FILE: one file of stories, where its packages could be installed.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
[[ -d $1/node_modules/playwright-core ]] || { echo "skipped: see browser.install"; exit 77; }
export VERSO_NODE_MODULES=$1
exec node --test "$2"
