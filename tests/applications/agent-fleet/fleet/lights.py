"""Light cues from descriptions, with smolagents."""

from smolagents import CodeAgent, InferenceClientModel, LiteLLMModel, ToolCallingAgent

MODEL_ID = "Qwen/Qwen2.5-Coder-32B-Instruct"

coder = CodeAgent(tools=[], model=InferenceClientModel(model_id=MODEL_ID, provider="together"), name="lights")
checker = ToolCallingAgent(tools=[], model=LiteLLMModel(model_id="ollama_chat/qwen2.5:3b"), name="checker")
