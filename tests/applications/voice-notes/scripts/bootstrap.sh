#!/bin/sh
# Everything that must be there before the first meeting.
set -e
CACHE=${VOICE_CACHE:-$HOME/.cache/voice}
VOSK=https://alphacephei.com/vosk/models/vosk-model-small-en-us-0.15.zip

huggingface-cli download Systran/faster-whisper-small.en --local-dir "$CACHE/small"
wget -q "https://huggingface.co/rhasspy/piper-voices/resolve/v1.0.0/en/en_US/lessac/medium/en_US-lessac-medium.onnx" -P "$CACHE"
curl -sSLo "$CACHE/vosk.zip" "$VOSK"
python -m nltk.downloader stopwords
kaggle datasets download -d mozillaorg/common-voice -p "$CACHE/data"
ollama pull snowflake-arctic-embed:22m
git clone --depth 1 https://github.com/k2-fsa/sherpa-onnx "$CACHE/sherpa"
