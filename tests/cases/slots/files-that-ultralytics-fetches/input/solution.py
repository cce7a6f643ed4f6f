TASK2MODEL = {"detect": "yolo11n.pt", "segment": "yolo11n-seg.pt"}


def annotate(det_model: str = "yolo11x.pt", sam_model: str = "sam_b.pt"): ...


def rename(model: str = "yolo11x-mine.pt", picture: str = "yolo11x.png"): ...


STATE = "sam_b.pt"
