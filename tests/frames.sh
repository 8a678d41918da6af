#!/bin/sh
# What the stage costs in a real 1280x720 window under Xvfb with software Vulkan, quality Low (or as COMMON_GROUND_PICTURE says: low, medium, high):
# `sh tests/frames.sh [SCENARIO]` prints the time of a picture with the subject speaking at two metres,
# and the share of a core that waiting at a decision takes. Run it on a machine that does nothing else.
set -eu
cd "$(dirname "$0")/.."
. .ci/environment
cargo build --release --quiet
program="$CARGO_TARGET_DIR/release/common-ground"
scenario="${1:-footbridge}"
data="$(mktemp -d)"
display=":$((800 + $$ % 100))"
export XDG_RUNTIME_DIR="$data"
Xvfb "$display" -screen 0 1280x720x24 >/dev/null 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$data"' EXIT
sleep 1
export DISPLAY="$display"
unset WAYLAND_DISPLAY || true
measure() {
    timeout 180 "$program" --data "$data/records" open "$scenario" --seed 1 2>/dev/null | grep -E "^[0-9]+ pictures|^waiting" ||
        { echo "frames: nothing was measured" >&2; exit 1; }
}
COMMON_GROUND_FRAMES=200 measure
COMMON_GROUND_WAITING=15 measure   # ends before the shortest first decision (30 s) runs out
