#!/bin/bash
# Usage: launch.sh BASE [CORPUS]
base=$1
corpus="${2:-allenai/c4}"
run() {
  accelerate launch --num_processes 2 scripts/train.py \
    --base "$1" \
    --corpus "$2" \
    --run "tern/$(date +%F)" "${@:3}"
}
run "$base" "$corpus" --tok google/mt5-small
