import sglang as sgl
from vllm import LLM, AsyncEngineArgs, SamplingParams

LLM(model="mistralai/Mistral-7B-Instruct-v0.3", quantization="awq", revision="v1", trust_remote_code=True)
AsyncEngineArgs(model="facebook/opt-125m")
sgl.Engine(model_path="meta-llama/Llama-3.1-8B-Instruct")
SamplingParams(temperature=0)
