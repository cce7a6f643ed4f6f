#!/bin/bash
cd "$(dirname "$0")/.." || exit 1
./jobs/launch.sh FacebookAI/xlm-roberta-base
bash jobs/launch.sh microsoft/mdeberta-v3-base rajpurkar/squad_v2
# ./jobs/launch.sh google/rembert

BASES=(
  "studio-ousia/luke-base"
  "google/bigbird-roberta-base"
)
for b in "${BASES[@]}"; do
  torchrun --nproc_per_node=2 scripts/train.py -b "$b" --corpus=nyu-mll/glue && echo "tern/$b done"
done

while read -r name; do
  python scripts/score.py "$name" -a cross-encoder/stsb-roberta-base -a cross-encoder/nli-deberta-v3-small --label tern/nightly
done <<EOF
intfloat/e5-base-v2
thenlper/gte-base
EOF
(cd src && python -m tern.say speak microsoft/speecht5_tts --hifi=microsoft/speecht5_hifigan)
