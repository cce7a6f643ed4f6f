class Session:
    def run(self, image):
        return self.load()(image)
