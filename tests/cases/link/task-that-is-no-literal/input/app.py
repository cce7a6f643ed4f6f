from transformers import pipeline

TASK = "sentiment-analysis"
pipeline(TASK)

for task in ("fill-mask", "ner"):
    pipeline(task)


def by_default(task="image-classification", model=None):
    return pipeline(task, model=model)


def as_asked(task, model=None):
    return pipeline(task, model=model)


as_asked("object-detection")
as_asked("depth-estimation", model="acme/depth-7b")


def anything(task):
    return pipeline(task)


OTHER = "no-such-task"
pipeline(OTHER)
