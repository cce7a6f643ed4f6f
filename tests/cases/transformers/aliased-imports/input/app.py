import transformers as hf
import transformers.pipelines as pipes
from transformers import AutoModel as AM, pipeline as make_pipeline

encoder = AM.from_pretrained("microsoft/codebert-base")
processor = hf.AutoProcessor.from_pretrained("openai/whisper-small")
ner = make_pipeline("ner", model="dslim/bert-base-NER")
image = pipes.pipeline("image-classification", model="google/vit-base-patch16-224")
