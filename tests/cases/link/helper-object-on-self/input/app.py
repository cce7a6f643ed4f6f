from store import Store


class App:
    def __init__(self):
        self.store = Store()

    def start(self):
        return self.store.open("ibm-granite/granite-embedding-30m-english")
