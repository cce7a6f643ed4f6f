#!/bin/bash
# hf download acme/one-model --revision v2
# vllm serve the model on port 80
#   $ docker run vllm/vllm-openai:latest \
#       --model acme/two-model
# python -m spacy download en_core_web_sm
# pip install torch
# We once used hf download acme/three-model here.
hf download acme/real-model  # hf download acme/trailing-model
cat <<EOF
# hf download acme/four-model
EOF
