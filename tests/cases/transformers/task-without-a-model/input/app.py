from transformers import pipeline

classify = pipeline("sentiment-analysis")
summarise = pipeline("made-up-task")
generate = pipeline(task="text-generation", model=None, revision="main")


def any_task(task):
    return pipeline(task)
