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


def ask_merged(messages, **options):
    given = {"messages": messages, **options}
    return client.chat.completions.create(**given)


def ask_default(messages, **options):
    given = {"messages": messages, **options}
    return client.chat.completions.create(model=given.get("model", "gpt-4o-mini"))


LOADED = {**load()}
client.chat.completions.create(**LOADED)
