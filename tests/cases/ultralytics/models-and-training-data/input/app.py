from ultralytics import SAM, YOLO

model = YOLO("yolov8n.pt")
model.train(data="coco128.yaml", epochs=3)
YOLO("yolo11n-seg.pt")
YOLO("runs/detect/train/weights/best.pt")
SAM("sam2.1_b.pt")
YOLO()
