from shop.llm import Chat

MODELS = {
    "small": Chat(model="gpt-4o-mini", temperature=0.1),
    "large": Chat(model="gpt-4o", temperature=0.1),
}
