namespace Orchard.Copilot;

public sealed record AzureOptions
{
    public required string Endpoint { get; init; }
    public string Deployment { get; init; } = "gpt-4o";
    public string EmbeddingDeployment { get; init; } = "text-embedding-3-small";
}
