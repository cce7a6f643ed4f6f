llm -m gpt-4o-mini "Say hi"
aider --model anthropic/claude-3-5-sonnet-20241022 --yes
litellm --model groq/llama-3.1-8b-instant
openai api chat.completions.create -m gpt-4o -g user hi
aws bedrock-runtime invoke-model --model-id anthropic.claude-3-haiku-20240307-v1:0 out.json
az cognitiveservices account deployment create --name acct --model-name gpt-4o --model-version 2024-08-06 --model-format OpenAI
curl https://api.openai.com/v1/embeddings -H "Authorization: Bearer $OPENAI_API_KEY" \
  -d '{"model": "text-embedding-3-small", "input": "x"}'
curl "https://generativelanguage.googleapis.com/v1beta/models/gemini-1.5-flash:generateContent?key=$KEY" -d '{}'
curl https://api-inference.huggingface.co/models/facebook/bart-large-mnli -d '{"inputs": "x"}'
export OPENAI_MODEL=gpt-4.1-mini
