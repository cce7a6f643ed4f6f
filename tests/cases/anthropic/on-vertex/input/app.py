from anthropic import AsyncAnthropicVertex

client = AsyncAnthropicVertex(project_id="acme", region="europe-west1")


async def ask(prompt):
    return await client.messages.create(model="claude-3-5-sonnet-v2@20241022", max_tokens=64, messages=[])
