from anthropic import AnthropicBedrock

client = AnthropicBedrock(aws_region="eu-central-1")
answer = client.messages.create(model="eu.anthropic.claude-3-5-sonnet-20240620-v1:0", max_tokens=64, messages=[])
