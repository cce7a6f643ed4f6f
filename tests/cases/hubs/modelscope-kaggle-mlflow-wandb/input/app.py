import kagglehub
import mlflow
import wandb
from modelscope import MsDataset, snapshot_download
from modelscope.pipelines import pipeline

snapshot_download("qwen/Qwen-7B-Chat", revision="v1.1.9")
pipeline("auto-speech-recognition", model="iic/SenseVoiceSmall")
MsDataset.load("modelscope/clue", subset_name="afqmc")
kagglehub.model_download("google/gemma/pyTorch/2b/2")
kagglehub.dataset_download("zillow/zecon/versions/3")
mlflow.pyfunc.load_model("models:/churn/Production")
run = wandb.init(project="p")
run.use_artifact("team/project/model:v3", type="model")
