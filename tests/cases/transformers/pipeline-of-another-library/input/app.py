from sklearn.pipeline import Pipeline, make_pipeline
from redis import Redis


def pipeline(task, model):
    return Pipeline([(task, model)])


queue = Redis().pipeline("jobs/urgent", "workers/default")
steps = make_pipeline("scaler", "svm/rbf")
mine = pipeline("classify", "acme/linear")
