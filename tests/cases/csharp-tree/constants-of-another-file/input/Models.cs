namespace Acme.Core;

public static class Models
{
    public const string Chat = "gpt-4o-mini";
    public static string Fast => "gpt-4.1-nano";
}
