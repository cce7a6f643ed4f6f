using Azure.AI.OpenAI;
using Azure.Identity;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Agents;
using OllamaSharp;
using OpenAI;
using OpenAI.Chat;
using System.ClientModel;
using Beacon.Planner.Plugins;

var builder = WebApplication.CreateBuilder(args);
var config = builder.Configuration;

// The big one runs at Azure, under the name of its deployment.
builder.Services.AddAzureOpenAIChatCompletion(
    deploymentName: config["AI:Deployment"]!,
    endpoint: config["AI:Endpoint"]!,
    new DefaultAzureCredential());

var chatModel = config["AI:ChatModel"] ?? "gpt-4o-mini";
var judgeModel = config.GetValue<string>("AI:JudgeModel", "o3-mini");

ChatClient chat = new(model: chatModel, apiKey: Environment.GetEnvironmentVariable("OPENAI_API_KEY"));
ChatClient judge = new OpenAIClient(config["OpenAI:Key"]).GetChatClient(judgeModel);

// A fast one, at Cerebras, with the client of OpenAI.
var fast = new OpenAIClient(
        new ApiKeyCredential(config["Cerebras:Key"]!),
        new OpenAIClientOptions { Endpoint = new Uri("https://api.cerebras.ai/v1") })
    .GetChatClient("llama3.1-8b");

IChatClient local = new OllamaApiClient(new Uri("http://localhost:11434"), "qwen3:4b");

Kernel kernel = Kernel.CreateBuilder()
    .AddOpenAIChatCompletion("gpt-4.1", config["OpenAI:Key"]!)
    .Build();
kernel.ImportPluginFromType<TicketPlugin>();

ChatCompletionAgent planner = new()
{
    Name = "beacon-planner",
    Instructions = File.ReadAllText("Prompts/planner.md"),
    Kernel = kernel,
};

AIAgent reviewer = judge.AsIChatClient().CreateAIAgent(
    instructions: "Say what is wrong with a plan.",
    name: "plan-reviewer",
    tools: [AIFunctionFactory.Create(Calendar.FreeDays)]);

var app = builder.Build();
app.Run();
