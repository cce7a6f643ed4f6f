import onnxruntime as ort
import openvino as ov

session = ort.InferenceSession("models/encoder.onnx", providers=["CPUExecutionProvider"])
core = ov.Core()
core.read_model(model="ir/detector.xml")
