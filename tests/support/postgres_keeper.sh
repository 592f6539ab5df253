#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Keeps one PostgreSQL for one test program: makes a cluster in FOLDER, runs it, and when standard
# input ends (the program ended, however it ended) stops it by its process id and removes FOLDER.
#   postgres_keeper.sh BIN FOLDER [postgres' own arguments…]
set -u
bin=$1 folder=$2
shift 2
trap '' INT TERM HUP  # the terminal's Ctrl-C is for the tests; we go when they are gone

# PostgreSQL refuses to run as root.
become=
if [ "$(id -u)" -eq 0 ]; then
    user=$(id -u postgres >/dev/null 2>&1 && echo postgres || echo nobody)
    become="setpriv --reuid $(id -u "$user") --regid $(id -g "$user") --clear-groups --"
    chown "$user" "$folder"
fi
cd "$folder" || exit
export LC_ALL=C.UTF-8
if ! $become "$bin/initdb" --pgdata="$folder/data" --username=verso --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --no-sync --no-instructions >"$folder/log" 2>&1 </dev/null; then
    echo failed >"$folder/state"
else
    $become "$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= "$@" \
        >>"$folder/log" 2>&1 </dev/null &
    server=$!
    echo "$server" >"$folder/state"
    # A server that ends by itself is seen by the program, which then closes our input.
fi
cat >/dev/null
if [ -n "${server:-}" ]; then
    kill -QUIT "$server" 2>/dev/null  # at once: the folder goes anyway
    wait "$server"
fi
rm -rf "$folder"
