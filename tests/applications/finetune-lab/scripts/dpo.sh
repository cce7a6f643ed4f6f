#!/bin/bash
#SBATCH --gres=gpu:4
#SBATCH --output=logs/%j.out
set -eu
BASE=${1:-Qwen/Qwen2.5-0.5B}
PREFS="trl-lib/ultrafeedback_binarized"

accelerate launch --config_file accelerate/fsdp.yaml scripts/sft.py \
  --model_name_or_path "$BASE" \
  --dataset_name HuggingFaceH4/ultrachat_200k \
  --dataset_config default

trl dpo --model_name_or_path "$BASE" --dataset_name "$PREFS" --output_dir outputs/dpo

lm_eval --model hf --model_args pretrained=outputs/dpo,dtype=bfloat16 --tasks hellaswag,arc_easy
