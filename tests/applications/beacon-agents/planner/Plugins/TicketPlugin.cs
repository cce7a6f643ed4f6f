using System.ComponentModel;
using Microsoft.SemanticKernel;

namespace Beacon.Planner.Plugins;

public class TicketPlugin
{
    [KernelFunction("open_tickets")]
    [Description("Tickets that are open")]
    public string[] Open(string team) => [$"{team}-1"];
}

public static class Calendar
{
    [Description("Days without a meeting")]
    public static int FreeDays() => 2;
}
