/** Everything the console asks a model for, in one place. */
export enum ReplyModel {
  Careful = "claude-3-5-sonnet-20241022",
  Quick = "claude-3-5-haiku-20241022",
}

export const DEFAULT_REPLY_MODEL = ReplyModel.Careful;

export const EMBEDDING_MODEL = process.env.HARBOR_EMBEDDING_MODEL ?? "text-embedding-3-small";

export const CLASSIFIER = {
  model: "Xenova/bart-large-mnli",
  revision: "main",
  task: "zero-shot-classification",
} as const;

/** Labels are shown to people: do not rename. */
export const TOPICS = ["customs/duty", "delay", "damaged/lost", "invoice"];
