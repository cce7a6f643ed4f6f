namespace Acme.Web;

public class AssistantOptions
{
    public const string Section = "Assistant";

    public string Model { get; set; } = "gpt-3.5-turbo";
}
