from loading import load

tokenizer, model = load("ProsusAI/finbert", device="cuda")
