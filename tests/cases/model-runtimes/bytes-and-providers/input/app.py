import onnxruntime as ort


def make(model):
    return ort.InferenceSession(model.SerializeToString(), providers=["CUDAExecutionProvider"])


ort.get_available_providers()
