class Models:
    CHAT = "gpt-4o-2024-08-06"

    class Embedding:
        small = "text-embedding-3-small"
