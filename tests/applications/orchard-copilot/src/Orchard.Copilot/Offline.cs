using Microsoft.Extensions.AI;
using OllamaSharp;

namespace Orchard.Copilot;

public static class Offline
{
    private const string Fallback = "qwen2.5:1.5b";

    public static IChatClient Chat(IConfiguration configuration) =>
        new OllamaApiClient(configuration["Ollama:Url"] ?? "http://localhost:11434", configuration["Ollama:Model"] ?? Fallback);

    public static IEmbeddingGenerator<string, Embedding<float>> Vectors(string model = "nomic-embed-text") =>
        new OllamaApiClient("http://localhost:11434", model);
}
