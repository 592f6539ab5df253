#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# run.sh MODULES lint|story: the description by itself, or against the running service.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
[[ -x $1/node_modules/.bin/prism ]] || { echo "skipped: see api.install"; exit 77; }
export VERSO_NODE_MODULES=$1 REDOCLY_TELEMETRY=off
if [[ $2 == lint ]]; then exec "$1/node_modules/.bin/redocly" lint --extends recommended-strict "$VERSO_SOURCE/templates/api/openapi.json"; fi
exec node --test api.test.mjs
