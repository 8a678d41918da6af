#!/bin/sh
# What the stage costs in a real window, release build, Xvfb, software Vulkan: from asking for a
# scene to its first picture with everybody in it, for the first scene and for those after it, and
# the memory of the whole process at a decision. `sh tests/stage_figures.sh [SCENARIO...]` goes
# through the scenarios named, by their number on the library's first page: 1 2 3 if none is.
set -eu
cd "$(dirname "$0")/.."
. .ci/environment
program="${COMMON_GROUND_PROGRAM:-}"
if [ -z "$program" ]; then
    cargo build --release --quiet --locked
    program="$CARGO_TARGET_DIR/release/common-ground"
fi
[ "$#" -gt 0 ] || set -- 1 2 3
data="$(mktemp -d)"
display=":$((800 + $$ % 300))"
export XDG_RUNTIME_DIR="$data"
Xvfb "$display" -screen 0 1280x720x24 >/dev/null 2>&1 &
server=$!
game=""
finish() {
    [ -z "$game" ] || kill "$game" 2>/dev/null || true
    kill "$server" 2>/dev/null || true
    rm -rf "$data"
}
trap finish EXIT
sleep 1
export DISPLAY="$display"
unset WAYLAND_DISPLAY || true
fail() {
    echo "stage figures: $1" >&2
    tail -n 20 "$data/log" >&2 || true
    exit 1
}
key() {
    for one in "$@"; do
        xdotool key "$one"
        sleep 0.4
    done
}
scenes() {
    grep -c " is up after " "$data/log" || true
}

NO_COLOR=1 RUST_LOG="warn,common_ground=info" "$program" --data "$data/records" >"$data/log" 2>&1 &
game=$!
window=""
tries=0
while [ -z "$window" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 240 ] || fail "no window after a minute"
    kill -0 "$game" 2>/dev/null || fail "the program ended at once"
    sleep 0.25
    window="$(xdotool search --name 'Common Ground' 2>/dev/null | tail -n 1)"
done
sleep 3
xdotool windowfocus "$window"
sleep 1
xdotool type --delay 90 "Sam Okafor"
key Tab
xdotool type --delay 90 "4127"
key Return
sleep 2
most=0
for number in "$@"; do
    before="$(scenes)"
    key "$number"
    sleep 1.5
    key Return
    tries=0
    while [ "$(scenes)" -le "$before" ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 480 ] || fail "scenario $number: no scene after two minutes"
        kill -0 "$game" 2>/dev/null || fail "scenario $number: the program ended"
        sleep 0.25
    done
    # To the decision, and a while at it.
    key space space space space space space
    sleep 2
    if [ -r "/proc/$game/status" ]; then
        memory="$(awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$game/status")"
    else
        memory="$(ps -o rss= -p "$game" | awk '{ print int($1 / 1024) }')"
    fi
    [ "$memory" -le "$most" ] || most="$memory"
    said="$(grep ' is up after ' "$data/log" | tail -n 1 | sed 's/.*scene \(.*\) is up after \(.*\)$/\1: \2/')"
    echo "scene $said, $memory MB at the decision"
    # Stop, and back to the scenarios.
    key p Tab Tab Tab Return
    sleep 1.5
done
slowest="$(grep ' is up after ' "$data/log" | tail -n +2 | sed 's/.* after \([0-9.]*\) s$/\1/' | sort -n | tail -n 1)"
echo "stage: after the first, the slowest scene took ${slowest:-none} s (asked: under 1 s); $most MB at most (asked: under 700 MB)"
