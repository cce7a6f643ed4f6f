import boto3

boto3.client("s3").get_object(Bucket="models", Key="bert/model.bin")
boto3.client("lambda").invoke(FunctionName="invoke_model")


def convert(shape, modelId):
    return shape.converse(modelId="t-800")
