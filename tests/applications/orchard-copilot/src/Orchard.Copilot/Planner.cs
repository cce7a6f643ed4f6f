using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Agents;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace Orchard.Copilot;

public sealed class Planner(Kernel kernel)
{
    private readonly ChatCompletionAgent _agent = new()
    {
        Name = "harvest-planner",
        Instructions = "You plan the picking of apples. Ask for the weather first.",
        Kernel = kernel,
        Arguments = new KernelArguments(new OpenAIPromptExecutionSettings { ModelId = "gpt-4.1", Temperature = 0 }),
    };

    public async Task<string> PlanAsync(string field)
    {
        await foreach (var message in _agent.InvokeAsync(field))
        {
            return message.Message.Content ?? "";
        }
        return "";
    }
}
