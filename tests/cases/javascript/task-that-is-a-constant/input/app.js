import { pipeline } from '@huggingface/transformers';
const TASK = 'fill-mask';
const OPTIONS = { device: 'webgpu' };
await pipeline(TASK);
await pipeline('ner', null, OPTIONS);
