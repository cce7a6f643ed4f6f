try:
    import tensorflow as tf
except ImportError:
    tf = None


def embed(text):
    from openai import OpenAI

    return OpenAI().embeddings.create(input=text, model="text-embedding-3-small")


class Lazy:
    def load(self):
        import anthropic

        return anthropic.Anthropic()
