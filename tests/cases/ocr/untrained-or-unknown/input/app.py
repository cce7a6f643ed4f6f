from doctr.models import ocr_predictor
from pandas import read_csv as Reader
from paddleocr import PaddleOCR

ocr_predictor("db_resnet50", reco_arch="parseq", pretrained=False)
PaddleOCR(lang="en")
Reader("en")
