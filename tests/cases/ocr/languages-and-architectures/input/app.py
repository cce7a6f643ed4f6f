import easyocr
from doctr.models import ocr_predictor
from paddleocr import PaddleOCR

easyocr.Reader(["en"], gpu=False)
easyocr.Reader(["ch_sim", "en"])
easyocr.Reader(["ja"], recog_network="japanese_g2", detector=False)
ocr_predictor("db_resnet50", reco_arch="parseq", pretrained=True)
PaddleOCR(text_detection_model_name="PP-OCRv5_mobile_det", lang="en")
