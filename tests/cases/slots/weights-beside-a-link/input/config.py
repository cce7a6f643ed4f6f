detectors = {
    "fast": {"filename": "textfinder_fast.pth", "url": "https://files.invalid/v1/textfinder_fast.zip"},
    "slow": {"filename": "textfinder_slow.pth", "url": "https://drive.invalid/uc?id=1qcr9Dbgs"},
    # The link names the file itself: it is reported once, by the link.
    "same": {"filename": "textfinder_same.pth", "url": "https://files.invalid/v1/textfinder_same.pth"},
}
FACES = ("faces-10k.onnx", "https://drive.invalid/uc?id=77aaB")
LOCAL = {"filename": "nowhere.pth", "homepage": "none"}
