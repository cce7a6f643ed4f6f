#!/bin/bash
./get.sh --model acme/by-case --revision=v2 --verbose
./get.sh --other acme/not-its-option
bash opts.sh -m acme/by-getopts -v
./get.sh -m acme/by-short --adapter acme/with-adapter
