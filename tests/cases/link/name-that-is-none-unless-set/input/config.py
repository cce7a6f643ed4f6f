class Config:
    def __init__(self, model=None, size=None):
        self.model = model
        self.size = size or 512
