using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Agents;
using ModelContextProtocol.Client;
using OpenAI;

namespace Example;

public class Weather
{
    [KernelFunction, Description("The weather")]
    public string Today(string city) => "sunny";

    [KernelFunction("tomorrow")]
    public string Next(string city) => "rain";

    public string Plain() => "";
}

public class Agents
{
    private readonly Kernel kernel = Kernel.CreateBuilder().AddOpenAIChatCompletion("gpt-4o", "key").Build();

    public Agent First()
    {
        kernel.Plugins.AddFromType<Weather>();
        return new ChatCompletionAgent { Name = "forecaster", Instructions = "Say it.", Kernel = kernel };
    }

    public AIAgent Second()
    {
        var chat = new OpenAIClient("key").GetChatClient("gpt-4.1-mini");
        return chat.CreateAIAgent(name: "joker", instructions: "Tell jokes.", tools: [AIFunctionFactory.Create(Joke)]);
    }

    public AIAgent Third(IChatClient client) =>
        new ChatClientAgent(client, new ChatClientAgentOptions { Name = "editor", Instructions = "Edit." });

    public async Task Servers()
    {
        var client = await McpClientFactory.CreateAsync(new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = "github",
            Command = "npx",
            Arguments = ["-y", "@modelcontextprotocol/server-github@2025.4.8"],
        }));
        var remote = new SseClientTransport(new SseClientTransportOptions { Endpoint = new Uri("https://mcp.weather-maps.io/sse") });
    }

    private static string Joke() => "";
}

public class TravelAgent { public string Name = "no agent of a model"; }
