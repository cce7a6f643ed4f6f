import openai

openai.api_key = "none"


def ask(prompt):
    return openai.ChatCompletion.create(model="gpt-3.5-turbo-0613", messages=[{"role": "user", "content": prompt}])


def complete(prompt):
    return openai.Completion.create(engine="text-davinci-003", prompt=prompt)
