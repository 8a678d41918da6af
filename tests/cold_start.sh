#!/bin/sh
# From the start of the program to the first usable screen: release build, Xvfb, software Vulkan.
# Prints the median of nine starts in seconds; the target is under 2.
set -eu
cd "$(dirname "$0")/.."
. .ci/environment
cargo build --release --quiet
program="$CARGO_TARGET_DIR/release/common-ground"
data="$(mktemp -d)"
display=":$((500 + $$ % 300))"
export XDG_RUNTIME_DIR="$data"
Xvfb "$display" -screen 0 1280x720x24 >/dev/null 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$data"' EXIT
sleep 1
export DISPLAY="$display"
unset WAYLAND_DISPLAY || true
run() {
    # The program says when the first screen has been drawn and closes.
    COMMON_GROUND_FIRST_SCREEN=1 "$program" --data "$data/records" 2>/dev/null | sed -n 's/^first screen after \([0-9.]*\) s$/\1/p'
}
run >/dev/null
for _ in 1 2 3 4 5 6 7 8 9; do run; done | sort -n | sed -n '1p;5p;9p' | {
    read -r best
    read -r median
    read -r worst
    echo "cold start: best $best s, median $median s, worst $worst s (asked: under 2 s)"
}
