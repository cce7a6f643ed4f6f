import { pipeline, env, AutoProcessor, RawImage } from "@xenova/transformers";

env.allowLocalModels = false;

const MODELS = {
  detector: "Xenova/yolos-tiny",
  depth: "Xenova/dpt-hybrid-midas",
};

class Detector {
  static task = "object-detection";
  static model = MODELS.detector;
  static instance = null;

  static async get(progress) {
    this.instance ??= pipeline(this.task, this.model, { progress_callback: progress, quantized: true });
    return this.instance;
  }
}

export async function depth(url, { model = MODELS.depth } = {}) {
  const estimator = await pipeline("depth-estimation", model);
  return estimator(await RawImage.read(url));
}

export const processor = () => AutoProcessor.from_pretrained("Xenova/clip-vit-base-patch16");
export const ACCEPT = ["image/webp", "video/mp4"];
export default Detector;
