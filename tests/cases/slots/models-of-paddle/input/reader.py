class Reader:
    @property
    def default_model_name(self):
        return "PP-OCRv5_mobile_det"

    def model_names(self, language):
        return "PP-OCRv5_server_det", f"{language}_PP-OCRv5_mobile_rec"


def unwarp(model_name="UVDoc", ocr_version="PP-OCRv5"): ...


TITLE = "PP-OCRv5_server_det"
