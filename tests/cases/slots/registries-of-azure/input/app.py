from azure.ai.ml.entities import Model, ManagedOnlineDeployment
ManagedOnlineDeployment(name="x", model="azureml://registries/azureml/models/Phi-3-mini-4k-instruct/versions/3")
MODEL = "azureml://registries/azureml-meta/models/Llama-2-7b/labels/latest"
