BASE = "https://downloads.acme.example/v2"
CHECKSUMS = {
    "u2-small.onnx": "md5:8e83ca70e441ab06c318d82300c84806",
    "u2-large.onnx": "md5:60024c5c889badc19c04ad937298a77b",
}
FACE = {"file": "face-landmarks.tflite", "sha256": "d232841ac9d9657df3e62f6c92ed425ee25df18d337245cd8b903fc1ba183631"}
ASSETS = {"logo.png": "md5:8e83ca70e441ab06c318d82300c84806", "style.css": "md5:60024c5c889badc19c04ad937298a77b"}
OUTPUTS = {"model.onnx": "exported", "model.safetensors": "trained"}
model = 1
