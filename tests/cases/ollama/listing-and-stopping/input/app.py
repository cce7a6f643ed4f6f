import ollama

for model in ollama.list()["models"]:
    print(model["name"])
ollama.ps()


def chat(model):
    return model


chat(model="mouse")
