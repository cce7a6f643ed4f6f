from tensorrt_llm._tensorrt_engine import LLM
LLM(model="acme/trt-7b")
