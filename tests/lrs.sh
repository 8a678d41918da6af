#!/bin/sh
# Sends every scripted run of every shipped scenario to a real learning record store on this
# computer, kills the store and the sender on the way, and counts what has arrived:
# `sh tests/lrs.sh [ROUNDS]`. Needs python3 with venv, npm and, the first time, the network; what
# it installs stays in the user's cache folder.
set -eu
cd "$(dirname "$0")/.."
. .ci/environment
rounds="${1:-6}"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/common-ground/lrs"
mkdir -p "$cache"
if [ ! -f "$cache/ready" ]; then
    python3 -m venv "$cache/venv"
    "$cache/venv/bin/pip" install --quiet 'ralph-malph[lrs,cli]==5.1.0' requests
    npm install --prefix "$cache" --no-audit --no-fund --silent @learninglocker/xapi-validation@3.0.0
    touch "$cache/ready"
fi
[ -n "${COMMON_GROUND_PROGRAM:-}" ] || cargo build --no-default-features --quiet
program="${COMMON_GROUND_PROGRAM:-$CARGO_TARGET_DIR/debug/common-ground}"
work="$(mktemp -d)"
port=$((20000 + $$ % 20000))
address="http://127.0.0.1:$port/xAPI"
server=""
finish() {
    [ -z "$server" ] || kill -9 "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
export RALPH_APP_DIR="$work/app" RALPH_AUTH_FILE="$work/app/auth.json" RALPH_RUNSERVER_BACKEND=fs
export RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH="$work/kept"
export COMMON_GROUND_LRS_USER=trainer COMMON_GROUND_LRS_PASSWORD=secret
mkdir -p "$work/app" "$work/kept"
"$cache/venv/bin/ralph" auth -u trainer -p secret -s statements/write -s statements/read/mine \
    -s statements/read -A trainer https://training.example.org/lrs -N "training PC" -w >/dev/null 2>&1
serve() {
    "$cache/venv/bin/python" tests/lrs/serve.py "$port" >>"$work/log" 2>&1 &
    server=$!
    tries=0
    until curl -s -o /dev/null "http://127.0.0.1:$port/__heartbeat__"; do
        tries=$((tries + 1))
        [ "$tries" -lt 120 ] || { echo "lrs: the store did not start" >&2; tail "$work/log" >&2; exit 1; }
        sleep 0.5
    done
}
records() { "$program" --data "$work/records" records "$@"; }

played=0
for play in tests/plays/*/*.play; do
    scenario="$(basename "$(dirname "$play")")"
    seed="$(sed -n 's/^seed //p' "$play")"
    moves="$(sed -n 's/^move //p' "$play" | paste -sd, -)"
    "$program" --data "$work/records" play "$scenario" --seed "$seed" --moves "$moves" --trainee 4711 --json >/dev/null
    played=$((played + 1))
done
records xapi --to "$work/told.json"
node tests/lrs/validate.js "$work/told.json" "$cache"

round=0
while [ "$round" -lt "$rounds" ]; do
    serve
    records send --lrs "$address" >/dev/null 2>&1 &
    sender=$!
    # A different moment every time, from before the first answer to in the middle of the sending.
    sleep "0.$((1 + round * 2 % 9))"
    [ $((round % 2)) -eq 0 ] || kill -9 "$sender" 2>/dev/null || true
    kill -9 "$server" 2>/dev/null || true
    wait "$sender" "$server" 2>/dev/null || true
    round=$((round + 1))
done
serve
records send --lrs "$address"
records send --lrs "$address" | grep -q "^0 attempts sent" || { echo "lrs: something was sent again" >&2; exit 1; }
"$cache/venv/bin/python" tests/lrs/compare.py "$work/told.json" "$address" trainer secret
records verify >/dev/null
echo "$played runs, store and sender killed $rounds times: every statement is there once."
