from haystack import Pipeline
from haystack.components.embedders import SentenceTransformersTextEmbedder
from haystack.components.generators import OpenAIGenerator
from haystack.components.generators.chat import HuggingFaceAPIChatGenerator, OpenAIChatGenerator
from haystack.components.rankers import TransformersSimilarityRanker
from haystack_integrations.components.generators.ollama import OllamaGenerator

p = Pipeline()
p.add_component("embed", SentenceTransformersTextEmbedder(model="all-MiniLM-L6-v2"))
p.add_component("rank", TransformersSimilarityRanker(model="cross-encoder/ms-marco-MiniLM-L-6-v2"))
p.add_component("llm", OpenAIGenerator(model="gpt-4o-mini"))
p.add_component("chat", OpenAIChatGenerator())
p.add_component("api", HuggingFaceAPIChatGenerator("serverless_inference_api", {"model": "HuggingFaceH4/zephyr-7b-beta"}))
p.add_component("local", OllamaGenerator(model="zephyr"))
