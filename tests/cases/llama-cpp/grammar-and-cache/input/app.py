from llama_cpp import LlamaCache, LlamaGrammar

LlamaGrammar.from_string('root ::= "yes"')
LlamaCache(capacity_bytes=1024)
