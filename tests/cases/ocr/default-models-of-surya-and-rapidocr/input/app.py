import rapidocr_onnxruntime
from surya.detection import DetectionPredictor
from surya.inference import SuryaInferenceManager
from surya.fast_layout import FastLayoutPredictor
from rapidocr import RapidOCR
m = SuryaInferenceManager()
SuryaInferenceManager(method="vllm")
FastLayoutPredictor()
DetectionPredictor(checkpoint="acme/det")
RapidOCR()
RapidOCR(params={"Global.text_score": 3})

rapidocr_onnxruntime.RapidOCR()
rapidocr_onnxruntime.RapidOCR(det_model_path="models/det.onnx")
