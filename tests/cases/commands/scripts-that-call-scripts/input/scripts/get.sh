#!/bin/bash
name=$1
revision=${2:-main}
hf download "$name" --revision "$revision"
hf download acme/always
