using Microsoft.ML;

namespace Orchard.Copilot;

public sealed class Yield
{
    private readonly MLContext _ml = new(seed: 7);

    public ITransformer Load() => _ml.Model.Load("models/yield.zip", out _);

    public IEstimator<ITransformer> Blossoms() =>
        _ml.Transforms.ApplyOnnxModel(modelFile: "models/blossom-yolo.onnx", outputColumnName: "boxes", inputColumnName: "image");
}
