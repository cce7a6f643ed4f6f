import { pipeline } from "@xenova/transformers";
const OWNER = "Xenova";
const SIZE = "small";
export const load = () => pipeline("automatic-speech-recognition", `${OWNER}/whisper-${SIZE}.en`);
export const other = () => pipeline("translation", OWNER + "/" + "nllb-200-distilled-600M");
