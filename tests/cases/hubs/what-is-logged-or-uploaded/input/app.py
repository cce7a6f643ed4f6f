import mlflow
import wandb

with mlflow.start_run():
    mlflow.log_param("model", "bert-base")
    mlflow.sklearn.log_model(object(), "model")
wandb.init(project="bert-base", config={"layers": 3})
wandb.log({"loss": 1.0})
