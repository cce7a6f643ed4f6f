python -c "from transformers import AutoModel; AutoModel.from_pretrained('google-bert/bert-base-cased', revision='main')"
python3 - <<'PY'
from sentence_transformers import SentenceTransformer
NAME = "all-MiniLM-L6-v2"
SentenceTransformer(NAME)
PY
python -c "
import whisper
whisper.load_model('base')
"
bash <<EOT
ollama pull mistral:7b
EOT
cat > Modelfile <<EOT
FROM qwen2.5:0.5b
EOT
python -c "print('facebook/opt-125m')"
