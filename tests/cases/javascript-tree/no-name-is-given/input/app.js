import { pipeline } from "@vendor/stream-tools";
pipeline("read", "write/transform-base", { model: null });
