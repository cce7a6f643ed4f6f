import { PoseLandmarker } from "@mediapipe/tasks-vision";

const POSE = "https://cdn.studio.dev/pose_landmarker_lite/float16/1/pose_landmarker_lite.task";
PoseLandmarker.createFromOptions(files, { baseOptions: { modelAssetPath: POSE } });
