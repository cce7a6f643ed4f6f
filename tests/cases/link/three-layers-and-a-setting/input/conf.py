import os


class Settings:
    def __init__(self):
        self.embedder = os.getenv("EMBEDDER", "intfloat/multilingual-e5-small")


settings = Settings()
