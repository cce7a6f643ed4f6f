MODEL = "facebook/wav2vec2-base-960h"
