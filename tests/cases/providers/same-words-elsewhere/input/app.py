from itertools import groupby

together = [list(g) for _, g in groupby("aab")]
replicate = {"run": 2}


class Client:
    def chat(self, model):
        return model


Client().chat(model="command")
replicate["run"] += 1
