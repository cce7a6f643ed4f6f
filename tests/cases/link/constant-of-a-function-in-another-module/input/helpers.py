def model_name(size):
    return f"openai/whisper-{size}"


def prefixed(name, org="openai"):
    return org + "/" + name
