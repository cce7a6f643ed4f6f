python -m spacy download en_core_web_sm
python3 -m nltk.downloader -d /usr/share/nltk_data punkt stopwords
kaggle datasets download -d zillow/zecon --unzip
kaggle competitions download -c titanic
kaggle models instances versions download google/gemma/keras/gemma_2b_en/2
yolo detect train model=yolo11n.pt data=coco8.yaml epochs=3
whisper talk.mp3 --model large-v3 --language en
optimum-cli export onnx --model distilbert-base-uncased --task text-classification onnx/
ct2-transformers-converter --model facebook/m2m100_418M --output_dir ct2
lm_eval --model hf --model_args pretrained=EleutherAI/pythia-160m,revision=step100000,dtype=float --tasks hellaswag
llamafactory-cli train --model_name_or_path Qwen/Qwen2.5-0.5B --dataset alpaca_en
