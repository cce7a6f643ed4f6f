import json

import boto3

session = boto3.Session()
runtime = boto3.client("bedrock-runtime", region_name="eu-central-1")


def ask(text):
    runtime.invoke_model(modelId="anthropic.claude-3-haiku-20240307-v1:0", body=json.dumps({"prompt": text}))
    profile = "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.amazon.nova-lite-v1:0"
    return session.client("bedrock-runtime").converse(modelId=profile, messages=[])


def handed_in(client):
    return client.converse(modelId="us.meta.llama3-2-3b-instruct-v1:0", messages=[])
