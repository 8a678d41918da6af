#!/bin/sh
# Plays the footbridge through in a real window under Xvfb with key presses alone, from sign-in to
# the debrief, and looks in the records whether it was finished. `sh tests/window.sh [FOLDER]`
# leaves pictures in FOLDER if `import` is there.
set -eu
cd "$(dirname "$0")/.."
. .ci/environment
pictures="${1:-}"
cargo build --release --quiet
program="$CARGO_TARGET_DIR/release/common-ground"
data="$(mktemp -d)"
display=":$((200 + $$ % 300))"
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

look() {
    if [ -n "$pictures" ] && command -v import >/dev/null 2>&1; then
        mkdir -p "$pictures"
        import -window root "$pictures/$1.png"
    fi
}
fail() {
    echo "window: $1" >&2
    tail -n 20 "$data/log" >&2 || true
    exit 1
}
key() {
    xdotool key "$@"
    sleep "${pause:-0.35}"
}

RUST_LOG="warn,common_ground=info" "$program" --data "$data/records" >"$data/log" 2>&1 &
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
# Without a window manager nobody else gives the window the keyboard.
xdotool windowfocus "$window"
sleep 1
look sign-in
xdotool type --delay 90 "Sam Okafor"
sleep 0.5
key Tab
xdotool type --delay 90 "4127"
sleep 0.5
key Return
sleep 2
look library
# The second card of the crisis intervention track is the footbridge.
key 2
sleep 1.5
look briefing
key Return
sleep 4
look encounter-begins
state() {
    "$program" --data "$data/records" records list --json | tr -d ' \n' | sed -n 's/.*"state":"\([a-z]*\)".*/\1/p'
}
turn=0
while [ "$(state)" = "running" ]; do
    turn=$((turn + 1))
    [ "$turn" -lt 90 ] || fail "no ending after $turn moves"
    kill -0 "$game" 2>/dev/null || fail "the program ended in the encounter"
    pause=0.12
    for _ in 1 2 3 4 5 6; do key space; done
    pause=0.3
    key $((1 + turn % 3))
    # Where a reason is asked, practice goes on without.
    key g
    [ "$turn" -ne 4 ] || look encounter
done
[ "$(state)" = "finished" ] || fail "nothing was played: the state is '$(state)'"
# The last lines are passed one by one; then the debrief has the keyboard.
tries=0
until grep -q "page Debrief" "$data/log"; do
    tries=$((tries + 1))
    [ "$tries" -lt 40 ] || fail "the debrief did not open"
    pause=0.7
    key space
done
sleep 2
look debrief
kill -0 "$game" 2>/dev/null || fail "the program ended at the debrief"
"$program" --data "$data/records" records verify >/dev/null || fail "the records do not verify"
echo "window: one encounter played from sign-in to debrief in $turn turns by keyboard"
