import tiktoken

tiktoken.encoding_for_model("gpt-4o")
