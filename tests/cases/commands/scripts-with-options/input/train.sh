accelerate launch --num_processes 2 train.py \
    --model_name_or_path gpt2 \
    --dataset_name imdb \
    --output_dir out/gpt2-7b
torchrun --nproc_per_node=4 finetune.py --base_model meta-llama/Llama-3.1-8B --data_path data/train-7b.json
deepspeed --num_gpus 8 sft.py --model-name-or-path mistralai/Mistral-7B-v0.3 --hub_model_id acme-labs/ours-7b
python src/main.py model.name=facebook/opt-350m trainer.epochs=3
uv run python eval.py --judge-model gpt-4o --embedding_model sentence-transformers/all-MiniLM-L6-v2
sudo -u app bash -lc "python serve.py --model google/gemma-2-2b-it"
srun --gres=gpu:1 python train.py --teacher_model bert/large-7b --resume checkpoints/last
