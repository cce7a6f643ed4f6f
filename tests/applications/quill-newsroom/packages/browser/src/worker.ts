import { env, pipeline, AutoTokenizer } from '@huggingface/transformers';
import { CreateMLCEngine } from '@mlc-ai/web-llm';
import { FaceDetector, FilesetResolver } from '@mediapipe/tasks-vision';

env.allowLocalModels = false;

export const SUMMARY = { id: 'Xenova/distilbart-cnn-6-6', dtype: 'q8' } as const;

export async function start() {
  const summarise = await pipeline('summarization', SUMMARY.id, { dtype: SUMMARY.dtype, revision: 'main' });
  const tokens = await AutoTokenizer.from_pretrained('Xenova/gpt-4o');
  const vision = await FilesetResolver.forVisionTasks('/wasm');
  const faces = await FaceDetector.createFromOptions(vision, {
    baseOptions: { modelAssetPath: 'models/blaze_face_short_range.tflite' },
  });
  return { summarise, tokens, faces };
}

const selected = 'Llama-3.2-3B-Instruct-q4f16_1-MLC';

export const chat = () => CreateMLCEngine(selected, { initProgressCallback: console.log });
