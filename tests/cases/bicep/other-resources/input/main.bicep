param size string
resource account 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: 'vans'
  kind: 'OpenAI'
}
resource app 'Microsoft.Web/sites@2023-12-01' = {
  properties: { model: { name: 'gpt-4o' } }
}
resource any 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = {
  name: 'any'
  properties: { model: { format: 'OpenAI', name: size } }
}
resource none 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' existing = {
  name: 'none'
}
resource next 'Microsoft.Web/sites@2023-12-01' = {
  properties: { model: { name: 'gpt-4o' } }
}
