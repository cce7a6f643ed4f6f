import whisper
import whisperx
from faster_whisper import WhisperModel

whisper.load_model("base.en")
WhisperModel("large-v3", compute_type="int8")
WhisperModel("Systran/faster-distil-whisper-large-v3")
WhisperModel("./whisper-ct2")
whisperx.load_model("large-v2", "cuda")
whisperx.load_align_model("en", "cuda", model_name="jonatasgrosman/wav2vec2-large-xlsr-53-english")
