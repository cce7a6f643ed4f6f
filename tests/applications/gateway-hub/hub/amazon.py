import json

import boto3
from anthropic import AnthropicBedrock

CHEAP = "amazon.nova-lite-v1:0"
runtime = boto3.client("bedrock-runtime", region_name="eu-central-1")


def converse(text: str, model_id: str = "eu.anthropic.claude-3-7-sonnet-20250219-v1:0") -> str:
    reply = runtime.converse(modelId=model_id, messages=[{"role": "user", "content": [{"text": text}]}])
    return reply["output"]["message"]["content"][0]["text"]


def cheap(text: str) -> str:
    return converse(text, CHEAP)


def embed(text: str) -> list[float]:
    body = json.dumps({"inputText": text, "dimensions": 512})
    reply = runtime.invoke_model(modelId="amazon.titan-embed-text-v2:0", body=body, contentType="application/json")
    return json.loads(reply["body"].read())["embedding"]


def careful(text: str) -> str:
    client = AnthropicBedrock(aws_region="us-west-2")
    reply = client.messages.create(
        model="anthropic.claude-3-5-sonnet-20241022-v2:0",
        max_tokens=1024,
        messages=[{"role": "user", "content": text}],
    )
    return reply.content[0].text
