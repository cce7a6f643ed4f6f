#!/bin/sh
export FALLBACK=acme/fallback
if [ -n "$BIG" ]; then
  export ENCODER=acme/big-encoder
fi
TITLE=acme/title
exec python app.py
