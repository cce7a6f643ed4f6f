namespace Orchard.Copilot;

/// <summary>Names that do not depend on the tenant.</summary>
public static class ModelIds
{
    public const string Reasoner = "o3-mini";
    public const string Vision = "gpt-4o-2024-08-06";
    public static readonly string Speech = Environment.GetEnvironmentVariable("ORCHARD_SPEECH_MODEL") ?? "gpt-4o-mini-tts";
    public const string Plugin = "orchard/weather";
}
