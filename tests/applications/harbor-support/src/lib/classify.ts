import { pipeline, type ZeroShotClassificationPipeline } from "@huggingface/transformers";

import { CLASSIFIER, TOPICS } from "./models";

let classifier: ZeroShotClassificationPipeline | undefined;

export async function topicOf(text: string): Promise<string> {
  classifier ??= await pipeline(CLASSIFIER.task, CLASSIFIER.model, { revision: CLASSIFIER.revision });
  const result = await classifier(text, TOPICS);
  return result.labels[0];
}

/** Sentiment needs no fine labels, so the small multilingual one is enough. */
export async function moodOf(text: string, modelId = "Xenova/bert-base-multilingual-uncased-sentiment") {
  const mood = await pipeline("sentiment-analysis", modelId);
  return mood(text);
}
