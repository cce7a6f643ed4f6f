namespace Orchard.Copilot;

internal static class Words
{
    // Names of cultivars that the search box completes.
    internal static readonly string[] Cultivars = ["Gemini", "Opal", "Davinci", "Ada", "Mistral/Late", "Granny Smith"];

    internal static readonly Dictionary<string, string> Mime = new()
    {
        [".csv"] = "text/csv",
        [".xlsx"] = "application/vnd.ms-excel",
    };
}
