using Microsoft.ML.OnnxRuntime;

namespace Beacon.Planner;

public sealed class Vision
{
    private const string Weights = "models/badge-ocr.onnx";
    private readonly InferenceSession session = new(Weights);

    public record Lift(string Model = "kone-monospace/500");
}
