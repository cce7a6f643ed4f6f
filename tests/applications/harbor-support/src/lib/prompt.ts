import { readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.join(process.cwd(), "prompts");

export function render(name: string, values: Record<string, string>): string {
  const template = readFileSync(path.join(ROOT, `${name}.txt`), "utf8");
  return template.replace(/\{\{(\w+)\}\}/g, (_, key) => values[key] ?? "");
}
