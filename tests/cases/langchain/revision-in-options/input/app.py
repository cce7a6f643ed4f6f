from langchain_huggingface import HuggingFaceEmbeddings, HuggingFacePipeline

COMMIT = "fd1525a9fd15316a2d503bf26ab031a61d056e98"
OPTIONS = {"revision": COMMIT, "device": "cpu"}

HuggingFaceEmbeddings(model_name="acme/e5-small", model_kwargs={"revision": COMMIT, "trust_remote_code": True})
HuggingFaceEmbeddings(model_name="acme/e5-base", model_kwargs=OPTIONS)
HuggingFaceEmbeddings(model_name="acme/e5-large", model_kwargs={"device": "cpu"})
HuggingFacePipeline.from_model_id("acme/small-llm", task="text-generation", model_kwargs={"revision": "v2"})
