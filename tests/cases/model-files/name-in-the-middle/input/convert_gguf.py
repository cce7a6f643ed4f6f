SUFFIX = '.gguf'
