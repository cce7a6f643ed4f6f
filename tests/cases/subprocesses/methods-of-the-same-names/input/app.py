from engine import Engine, modal

engine = Engine()
engine.run("hf", "download", "acme/not-run")
modal.box().env({"MODEL": "acme/not-an-image"})
engine.install("torch==2.0")
