import nemo.collections.asr as nemo_asr
from funasr import AutoModel
from pyannote.audio import Pipeline
from speechbrain.inference.speaker import EncoderClassifier
from TTS.api import TTS

Pipeline.from_pretrained("pyannote/speaker-diarization-3.1", revision="main")
EncoderClassifier.from_hparams(source="speechbrain/spkrec-ecapa-voxceleb", savedir="tmp")
nemo_asr.models.ASRModel.from_pretrained(model_name="nvidia/parakeet-tdt-0.6b-v2")
nemo_asr.models.ASRModel.from_pretrained("stt_en_conformer_ctc_small")
TTS("tts_models/multilingual/multi-dataset/xtts_v2")
AutoModel(model="paraformer-zh", vad_model="fsmn-vad", model_revision="v2.0.4")
