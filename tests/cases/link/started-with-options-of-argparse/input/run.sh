#!/bin/sh
python tools/train.py first/stage acme/corpus-a acme/corpus-b --fast --base acme/one --run acme/no-model
torchrun --nproc_per_node 2 tools/train.py second -b acme/two --extra acme/three acme/four --more=acme/five --more acme/six
if [ -n "$BIG" ]; then python tools/train.py third --base "${BASE:-acme/seven}"; fi
python elsewhere/train.py fourth --base acme/not-of-this-script
python tools/train.py --base
