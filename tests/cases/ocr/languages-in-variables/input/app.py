import easyocr
LANG = "en"
easyocr.Reader([LANG])
LANGS = ["ja", "en"]
easyocr.Reader(LANGS)
def f(langs=("ko",)):
    easyocr.Reader(langs)
easyocr.Reader([x])
