import { pipeline } from '@huggingface/transformers';

const parts = 'https://models.example.org/acme/ranker-7b'.split('/');

await pipeline('feature-extraction', 'acme/' + parts.at(-1));
await pipeline('feature-extraction', parts.slice(-2).join('/'));
await pipeline('feature-extraction', ['acme', 'reader-7b'].join('/'));
await pipeline('feature-extraction', `acme/${parts[parts.length - 1]}`);
