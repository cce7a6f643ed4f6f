#!/bin/bash
./scripts/get.sh acme/first
bash scripts/get.sh acme/second v2
scripts/get.sh "acme/third" && scripts/nothing.sh acme/gone
scripts/each.sh acme/fourth acme/fifth
