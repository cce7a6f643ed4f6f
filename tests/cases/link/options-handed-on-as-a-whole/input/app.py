import openai

client = openai.OpenAI()


def ask(**options):
    return client.chat.completions.create(messages=[], **options)


def ask_without(**options):
    return client.chat.completions.create(model="gpt-4o", **options)


def ask_with(settings):
    return client.chat.completions.create(messages=[], **settings.load())


NONE = {"temperature": 0}
client.chat.completions.create(messages=[], **NONE)
