#!/bin/sh
# Lets axe-core judge every kind of report in headless Chromium, and prints each as an A4 PDF:
# `sh tests/pages.sh [FOLDER]` leaves reports, pictures and PDFs in FOLDER. Needs npm and, the first
# time, the network; what it installs stays in the user's cache folder.
set -eu
cd "$(dirname "$0")/.."
. .ci/environment
cache="${XDG_CACHE_HOME:-$HOME/.cache}/common-ground/pages"
mkdir -p "$cache"
if [ ! -f "$cache/ready" ]; then
    npm install --prefix "$cache" --no-audit --no-fund --silent \
        @sparticuz/chromium@138 puppeteer-core@24 axe-core@4
    touch "$cache/ready"
fi
[ -n "${COMMON_GROUND_PROGRAM:-}" ] || cargo build --no-default-features --quiet
program="${COMMON_GROUND_PROGRAM:-$CARGO_TARGET_DIR/debug/common-ground}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
folder="${1:-$work/pages}"
mkdir -p "$folder"
run() { "$program" --data "$work/records" "$@"; }
printf 'Name,Collar number\nSiân Rees,4711\nBen Okoro,1234\n' >"$work/list.csv"
run trainees import "$work/list.csv" --cohort Spring --enter >/dev/null
for play in tests/plays/*/*.play; do
    scenario="$(basename "$(dirname "$play")")"
    seed="$(sed -n 's/^seed //p' "$play")"
    moves="$(sed -n 's/^move //p' "$play" | paste -sd, -)"
    run play "$scenario" --seed "$seed" --moves "$moves" --trainee 4711 --json >/dev/null
done
run play footbridge --mode assessment --seed 7 --moves Observe,Hold --trainee 1234 --json >/dev/null
run assign footbridge --cohort Spring --mode assessment --by 2031-01-31 >/dev/null
for id in $(run records list | awk '{print $1}'); do
    run report --attempt "$id" --html "$folder/attempt-$id.html" 2>/dev/null
done
run report --trainee 4711 --html "$folder/trainee.html" 2>/dev/null
run report --trainee 4711 --pseudonyms --html "$folder/trainee-pseudonym.html" 2>/dev/null
run report --cohort Spring --html "$folder/cohort.html" 2>/dev/null
run records access 4711 --to "$work/access" >/dev/null
cp "$work/access/index.html" "$folder/access.html"
node tests/pages/look.mjs "$folder" "$cache"
