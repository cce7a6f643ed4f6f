#!/usr/bin/env bash
set -e
MODEL="sentence-transformers/paraphrase-MiniLM-L3-v2"
TEACHER=
while [[ $# -gt 0 ]]; do
  case "$1" in
    -m|--model) MODEL="$2"; shift 2 ;;
    --teacher=*) TEACHER="${1#*=}"; shift ;;
    *) echo "what is $1" >&2; exit 2 ;;
  esac
done
export GANNET_FALLBACK=sentence-transformers/distiluse-base-multilingual-cased-v2
exec gannet-export "$MODEL" ${TEACHER:+--teacher "$TEACHER"}
