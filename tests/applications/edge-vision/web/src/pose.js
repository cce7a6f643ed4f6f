import { FilesetResolver, PoseLandmarker } from "@mediapipe/tasks-vision";
import * as tf from "@tensorflow/tfjs";

const POSE = "https://storage.googleapis.com/mediapipe-models/pose_landmarker/pose_landmarker_lite/float16/1/pose_landmarker_lite.task";

export async function pose() {
  const files = await FilesetResolver.forVisionTasks("/wasm");
  return PoseLandmarker.createFromOptions(files, { baseOptions: { modelAssetPath: POSE }, runningMode: "VIDEO" });
}

export const embed = () =>
  tf.loadGraphModel("https://tfhub.dev/google/tfjs-model/imagenet/mobilenet_v3_small_100_224/feature_vector/5/default/1", { fromTFHub: true });
