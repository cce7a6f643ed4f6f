@echo off
set BASE=deepset/gbert-base
REM huggingface-cli download deepset/gelectra-base
huggingface-cli download %BASE%
python scripts\train.py --base %BASE% ^
  --corpus philschmid/germeval18
