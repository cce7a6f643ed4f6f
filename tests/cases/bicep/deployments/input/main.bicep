param chatModel string = 'gpt-4.1-mini'
var embedding = 'text-embedding-3-large'

resource chat 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = {
  name: 'chat'
  properties: {
    model: {
      format: 'OpenAI'
      name: chatModel // the default
      version: '2025-04-14'
    }
  }
}

resource embed 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = {
  name: 'embed'
  properties: { model: { format: 'OpenAI', name: embedding, version: '1' } }
}

resource judge 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = {
  name: 'judge'
  properties: {
    model: { format: 'OpenAI', name: 'o4-mini' }
  }
}
