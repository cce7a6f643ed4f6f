using Amazon.BedrockRuntime.Model;
using Azure.AI.OpenAI;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using OllamaSharp;
using OpenAI.Chat;
using OpenAI.Embeddings;

const string Embedding = "text-embedding-3-small";

var builder = Kernel.CreateBuilder();
builder.AddOpenAIChatCompletion(modelId: "gpt-4o", apiKey: key);
builder.Services.AddAzureOpenAIChatCompletion("gpt-4o-prod", endpoint, key);

ChatClient chat = new(model: "gpt-4.1-mini", apiKey: key);
var embeddings = new EmbeddingClient(Embedding, key);
IChatClient ollama = new OllamaApiClient(new Uri("http://localhost:11434"), "llama3.2");
var request = new ConverseRequest { ModelId = "amazon.nova-lite-v1:0" };
var options = new ChatOptions { ModelId = Environment.GetEnvironmentVariable("CHAT_MODEL") ?? "gpt-4o-mini" };
var azure = new AzureOpenAIClient(new Uri(endpoint), credential).GetChatClient("gpt-35-turbo-prod");
