using Azure.AI.OpenAI;
using Azure.Identity;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Orchard.Copilot;

var builder = WebApplication.CreateBuilder(args);
var options = builder.Configuration.GetSection("AzureOpenAI").Get<AzureOptions>()!;

builder.Services.AddKernel()
    .AddAzureOpenAIChatCompletion(options.Deployment, options.Endpoint, new DefaultAzureCredential())
    .AddOpenAIChatCompletion(modelId: ModelIds.Reasoner, apiKey: builder.Configuration["OpenAI:ApiKey"]!, serviceId: "reasoner");

builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(_ =>
    new AzureOpenAIClient(new Uri(options.Endpoint), new DefaultAzureCredential())
        .GetEmbeddingClient(options.EmbeddingDeployment)
        .AsIEmbeddingGenerator());

builder.Services.AddHttpClient("weather", c => c.DefaultRequestHeaders.Add("Accept", "application/geo+json"));
var app = builder.Build();
app.MapPost("/harvest/plan", (string field, Planner planner) => planner.PlanAsync(field));
app.MapGet("/models/tractor", () => Results.Text("Deere/6R", "text/plain"));
app.Run();
